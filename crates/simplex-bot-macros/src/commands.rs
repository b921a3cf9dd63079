//! `#[derive(Commands)]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, ExprLit, Field, Fields, GenericArgument, Lit, LitStr, Meta, Path,
    PathArguments, Result, Type, Variant,
};

/// What `#[command(…)]` says on an enum or a variant.
#[derive(Default)]
struct Options {
    name: Option<LitStr>,
    aliases: Vec<LitStr>,
    about: Option<LitStr>,
    params: Option<LitStr>,
    role: Option<Path>,
    menu: Option<LitStr>,
    hidden: bool,
    flatten: bool,
}

pub(crate) fn derive(input: TokenStream) -> Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "an enum of commands cannot be generic"));
    }
    // Report a mistake once: without an implementation, the compiler would also complain about every use of the enum.
    let (Parts { entries, arms, nested }, mistake) = match parts(&input) {
        Ok(parts) => (parts, None),
        Err(error) => (Parts::default(), Some(error.into_compile_error())),
    };
    let name = &input.ident;
    Ok(quote! {
        #mistake

        #[automatically_derived]
        impl ::simplex_bot::Commands for #name {
            fn entries() -> ::std::vec::Vec<::simplex_bot::CommandEntry> {
                let mut entries = ::std::vec::Vec::new();
                #(#entries)*
                entries
            }

            fn parse(keyword: &str, args: &str) -> ::core::result::Result<Self, ::simplex_bot::command::CommandError> {
                match keyword {
                    #(#arms)*
                    _ => {}
                }
                #(#nested)*
                ::core::result::Result::Err(::simplex_bot::command::CommandError::Unknown)
            }
        }
    })
}

/// The parts of the implementation that come from the variants.
#[derive(Default)]
struct Parts {
    entries: Vec<TokenStream>,
    arms: Vec<TokenStream>,
    nested: Vec<TokenStream>,
}

fn parts(input: &DeriveInput) -> Result<Parts> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "`Commands` is for an enum: one variant for each command"));
    };
    let defaults = options(&input.attrs, true)?;
    let mut seen: Vec<String> = Vec::new();
    let mut parts = Parts::default();
    for variant in &data.variants {
        let command = Command::read(variant, &defaults)?;
        if let Some(ty) = &command.flattened {
            let name = &variant.ident;
            parts.entries.push(command.flattened_entries(ty));
            parts.nested.push(quote! {
                match <#ty as ::simplex_bot::Commands>::parse(keyword, args) {
                    ::core::result::Result::Err(::simplex_bot::command::CommandError::Unknown) => {}
                    parsed => return parsed.map(Self::#name),
                }
            });
            continue;
        }
        for name in &command.names {
            let text = name.value();
            if text.is_empty() || !text.chars().all(|c| c.is_alphanumeric() || c == '_') {
                return Err(Error::new(
                    name.span(),
                    "a keyword consists of letters, digits and underscores, without the slash",
                ));
            }
            if seen.contains(&text) {
                return Err(Error::new(name.span(), format!("there are two commands `/{text}`")));
            }
            seen.push(text);
        }
        parts.entries.push(command.entry());
        parts.arms.push(command.arm()?);
    }
    Ok(parts)
}

/// A variant.
struct Command<'a> {
    variant: &'a Variant,
    names: Vec<LitStr>,
    about: String,
    role: Option<Path>,
    menu: Option<LitStr>,
    hidden: bool,
    params: String,
    parameters: Vec<Parameter<'a>>,
    flattened: Option<&'a Type>,
}

/// A field.
struct Parameter<'a> {
    field: &'a Field,
    name: String,
    /// The type inside `Option`, or the type.
    ty: &'a Type,
    optional: bool,
    rest: bool,
}

impl<'a> Command<'a> {
    fn read(variant: &'a Variant, defaults: &Options) -> Result<Self> {
        let options = options(&variant.attrs, false)?;
        let flattened = match (&variant.fields, options.flatten) {
            (_, false) => None,
            (Fields::Unnamed(fields), true) if fields.unnamed.len() == 1 => {
                fields.unnamed.first().map(|field| &field.ty)
            }
            _ => {
                return Err(Error::new_spanned(
                    variant,
                    "`flatten` is for a variant with one unnamed field: the other enum",
                ));
            }
        };
        let of_one =
            options.name.as_ref().or(options.aliases.first()).or(options.about.as_ref()).or(options.params.as_ref());
        if let (Some(_), Some(wrong)) = (flattened, of_one) {
            return Err(Error::new_spanned(
                wrong,
                "together with `flatten`, `#[command(…)]` takes `role`, `menu` and `hidden` only",
            ));
        }
        let field_option =
            variant.fields.iter().flat_map(|field| &field.attrs).find(|attribute| attribute.path().is_ident("command"));
        let parameters = match (flattened, field_option) {
            (Some(_), Some(wrong)) => {
                return Err(Error::new_spanned(wrong, "the field of a variant with `flatten` is no parameter"));
            }
            (Some(_), None) => Vec::new(),
            (None, _) => parameters(&variant.fields)?,
        };
        let keyword = options.name.unwrap_or_else(|| LitStr::new(&snake(&variant.ident), variant.ident.span()));
        let params = options.params.map_or_else(
            || parameters.iter().map(Parameter::shown).collect::<Vec<_>>().join(" "),
            |params| params.value(),
        );
        Ok(Self {
            variant,
            names: std::iter::once(keyword).chain(options.aliases).collect(),
            about: options.about.map_or_else(|| documentation(&variant.attrs), |about| about.value()),
            role: options.role.or_else(|| defaults.role.clone()),
            menu: options.menu.or_else(|| defaults.menu.clone()),
            hidden: options.hidden,
            params,
            parameters,
            flattened,
        })
    }

    fn entry(&self) -> TokenStream {
        let (keyword, aliases) = (self.names.first(), self.names.iter().skip(1));
        let (about, params) = (&self.about, &self.params);
        let role = self.role().map(|role| quote!(.with_role(#role)));
        let modifiers = self.modifiers();
        quote! {
            entries.push(
                ::simplex_bot::CommandEntry::new(#keyword, #about).with_params(#params)#(.with_alias(#aliases))* #role #modifiers
            );
        }
    }

    /// A role that the other enum requires stays required: of two roles, the higher one is needed.
    fn flattened_entries(&self, ty: &Type) -> TokenStream {
        let modifiers = self.modifiers();
        let with_role = self.role().map(|role| {
            quote! {
                let role = #role;
                let entry = if entry.role().is_some_and(|own| *own > role) { entry } else { entry.with_role(role) };
            }
        });
        quote! {
            entries.extend(<#ty as ::simplex_bot::Commands>::entries().into_iter().map(|entry| {
                #with_role
                entry #modifiers
            }));
        }
    }

    fn role(&self) -> Option<TokenStream> {
        self.role.as_ref().map(|role| match role.get_ident() {
            Some(ident) => quote_spanned! { ident.span() => ::simplex_bot::types::GroupMemberRole::#ident },
            None => quote!(#role),
        })
    }

    fn modifiers(&self) -> TokenStream {
        let menu = self.menu.as_ref().map(|menu| quote!(.with_menu(#menu)));
        let hidden = self.hidden.then(|| quote!(.with_hidden()));
        quote!(#menu #hidden)
    }

    fn arm(&self) -> Result<TokenStream> {
        let names = &self.names;
        let variant = &self.variant.ident;
        let bindings: Vec<_> = (0..self.parameters.len()).map(|n| format_ident!("parameter_{n}")).collect();
        let mut reads = Vec::new();
        for (index, (parameter, binding)) in self.parameters.iter().zip(&bindings).enumerate() {
            let more = index + 1 < self.parameters.len();
            if parameter.rest && more {
                return Err(Error::new_spanned(parameter.field, "only the last parameter can be `rest`"));
            }
            let required_later = self.parameters.iter().skip(index + 1).any(|later| !later.optional);
            if parameter.optional && required_later && !parameter.rest {
                return Err(Error::new_spanned(parameter.field, "optional parameters come after the required ones"));
            }
            reads.push(parameter.read(binding, more));
        }
        let build = match &self.variant.fields {
            Fields::Named(fields) => {
                let names = fields.named.iter().filter_map(|field| field.ident.as_ref());
                quote!(Self::#variant { #(#names: #bindings),* })
            }
            Fields::Unnamed(_) => quote!(Self::#variant(#(#bindings),*)),
            Fields::Unit => quote!(Self::#variant),
        };
        let reader = reader();
        Ok(quote! {
            #(#names)|* => {
                #[allow(unused_mut)]
                let mut #reader = ::simplex_bot::command::ArgReader::new(args);
                #(#reads)*
                #reader.finish()?;
                return ::core::result::Result::Ok(#build);
            }
        })
    }
}

/// The reader of a command's arguments: the same name wherever it is used, even beside a type that comes from a macro.
fn reader() -> Ident {
    Ident::new("reader", Span::mixed_site())
}

impl Parameter<'_> {
    /// The parameter as the usage shows it.
    fn shown(&self) -> String {
        let rest = if self.rest { "…" } else { "" };
        if self.optional { format!("[{}{rest}]", self.name) } else { format!("<{}{rest}>", self.name) }
    }

    fn read(&self, binding: &Ident, more: bool) -> TokenStream {
        let (ty, name, reader) = (self.ty, &self.name, reader());
        let call = match (self.optional, self.rest) {
            (false, false) => quote_spanned! { ty.span() => #reader.required::<#ty>(#name)? },
            (false, true) => quote_spanned! { ty.span() => #reader.rest::<#ty>(#name)? },
            (true, false) => quote_spanned! { ty.span() => #reader.optional::<#ty>(#name, #more)? },
            (true, true) => quote_spanned! { ty.span() => #reader.optional_rest::<#ty>(#name)? },
        };
        quote!(let #binding = #call;)
    }
}

fn parameters(fields: &Fields) -> Result<Vec<Parameter<'_>>> {
    fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let mut rest = false;
            for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("command")) {
                attribute.parse_nested_meta(|meta| {
                    if meta.path.is_ident("rest") {
                        rest = true;
                        Ok(())
                    } else {
                        Err(meta.error("on a parameter, `#[command(…)]` takes `rest` only"))
                    }
                })?;
            }
            let inner = inside_option(&field.ty);
            let name = match &field.ident {
                Some(ident) => ident.unraw().to_string().replace('_', " "),
                None if fields.len() == 1 => "value".to_owned(),
                None => format!("value {}", index + 1),
            };
            Ok(Parameter { field, name, ty: inner.unwrap_or(&field.ty), optional: inner.is_some(), rest })
        })
        .collect()
}

/// `T` of `Option<T>`.
fn inside_option(ty: &Type) -> Option<&Type> {
    let path = match ty {
        Type::Path(path) => path,
        // From a macro that takes the type as a whole.
        Type::Group(group) => return inside_option(&group.elem),
        _ => return None,
    };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) if last.ident == "Option" => Some(inner),
        _ => None,
    }
}

fn options(attributes: &[Attribute], on_enum: bool) -> Result<Options> {
    let mut options = Options::default();
    let mut given = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("command")) {
        attribute.parse_nested_meta(|meta| {
            let key = option(&meta, &mut given, &["alias"])?;
            match key.as_str() {
                "name" | "alias" | "about" | "params" | "hidden" | "flatten" if on_enum => {
                    return Err(meta.error("on the enum, `#[command(…)]` takes `role` and `menu` only"));
                }
                "name" => options.name = Some(meta.value()?.parse()?),
                "alias" => options.aliases.push(meta.value()?.parse()?),
                "about" => options.about = Some(meta.value()?.parse()?),
                "params" => options.params = Some(meta.value()?.parse()?),
                "role" => options.role = Some(meta.value()?.parse()?),
                "menu" => options.menu = Some(meta.value()?.parse()?),
                "hidden" => options.hidden = true,
                "flatten" => options.flatten = true,
                _ => {
                    return Err(meta.error(
                        "no such option; there are `name`, `alias`, `about`, `params`, `role`, `menu`, `hidden`, `flatten`",
                    ));
                }
            }
            Ok(())
        })?;
    }
    Ok(options)
}

/// The name of an option; one that was given before is a mistake, unless there may be several.
pub(crate) fn option(meta: &ParseNestedMeta<'_>, given: &mut Vec<String>, several: &[&str]) -> Result<String> {
    let Some(key) = meta.path.get_ident().map(ToString::to_string) else {
        return Err(meta.error("no such option"));
    };
    if given.contains(&key) && !several.contains(&&*key) {
        return Err(meta.error(format!("`{key}` is given twice")));
    }
    given.push(key.clone());
    Ok(key)
}

/// The first paragraph of the documentation, in one line.
fn documentation(attributes: &[Attribute]) -> String {
    let mut words = Vec::new();
    for attribute in attributes {
        let Meta::NameValue(pair) = &attribute.meta else { continue };
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { continue };
        if !pair.path.is_ident("doc") {
            continue;
        }
        let text = text.value();
        for line in text.split('\n') {
            // In a block comment, the star at the start of a line is not part of the text.
            let line = if text.contains('\n') { line.trim_start().trim_start_matches('*') } else { line };
            if line.trim().is_empty() && !words.is_empty() {
                return words.join(" ");
            }
            words.extend(line.split_whitespace().map(str::to_owned));
        }
    }
    words.join(" ")
}

/// `BanMember` → `ban_member`, `FAQ` → `faq`, `HTTPServer` → `http_server`.
pub(crate) fn snake(ident: &Ident) -> String {
    let ident = ident.unraw().to_string();
    let mut name = String::new();
    let mut before = '_';
    let mut chars = ident.chars().peekable();
    while let Some(c) = chars.next() {
        let begins = !before.is_uppercase() || chars.peek().is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && before != '_' && begins {
            name.push('_');
        }
        name.extend(c.to_lowercase());
        before = c;
    }
    name
}
