//! `#[derive(Dialogue)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DeriveInput, Error, Field, Fields, Ident, LitInt, LitStr, Path, Result, Token, Variant,
    Visibility, parenthesized,
};

use crate::commands::{option, snake};

/// What `#[dialogue(…)]` says on an enum or a variant.
#[derive(Default)]
struct Options {
    name: Option<LitStr>,
    version: Option<LitInt>,
    upgrade: Option<Path>,
    timeout: Option<LitStr>,
    to: Option<Punctuated<Ident, Token![,]>>,
}

pub(crate) fn derive(input: TokenStream) -> Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    let Data::Enum(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "`Dialogue` is for an enum: one variant for each state"));
    };
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "a dialogue cannot be generic"));
    }
    if data.variants.is_empty() {
        return Err(Error::new_spanned(&input.ident, "a dialogue needs at least one state"));
    }
    let options = options(&input.attrs, true)?;
    let dialogue = &input.ident;
    let name = options.name.unwrap_or_else(|| LitStr::new(&snake(dialogue), dialogue.span()));
    let version = options.version.map(|version| quote!(const VERSION: u32 = #version;));
    let upgrade = options.upgrade.map(|path| {
        quote! {
            fn upgrade(
                version: u32,
                state: ::simplex_bot::dialogue::Json,
            ) -> ::core::option::Option<::simplex_bot::dialogue::Json> {
                #path(version, state)
            }
        }
    });
    let all: Vec<&Ident> = data.variants.iter().map(|variant| &variant.ident).collect();
    let (mut states, mut timeouts) = (Vec::new(), Vec::new());
    for variant in &data.variants {
        let own = self::options(&variant.attrs, false)?;
        let on_field = variant.fields.iter().flat_map(|field| &field.attrs).find(|a| a.path().is_ident("dialogue"));
        if let Some(attribute) = on_field {
            return Err(Error::new_spanned(attribute, "`#[dialogue(…)]` belongs on the enum or on a variant"));
        }
        let ident = &variant.ident;
        if let Some(timeout) = own.timeout.as_ref().or(options.timeout.as_ref()) {
            let seconds = seconds(timeout)?;
            timeouts.push(quote! {
                Self::#ident { .. } => ::core::option::Option::Some(::core::time::Duration::from_secs(#seconds)),
            });
        } else {
            timeouts.push(quote!(Self::#ident { .. } => ::core::option::Option::None,));
        }
        states.push(state(&input.vis, dialogue, variant, own.to, &all)?);
    }
    Ok(quote! {
        #[automatically_derived]
        impl ::simplex_bot::dialogue::Dialogue for #dialogue {
            const NAME: &'static str = #name;
            #version
            #upgrade
            fn timeout(&self) -> ::core::option::Option<::core::time::Duration> {
                match self {
                    #(#timeouts)*
                }
            }
        }
        #(#states)*
    })
}

/// The type of one state.
fn state(
    vis: &Visibility,
    dialogue: &Ident,
    variant: &Variant,
    to: Option<Punctuated<Ident, Token![,]>>,
    all: &[&Ident],
) -> Result<TokenStream> {
    let ident = &variant.ident;
    // As an inline argument in the braces, an identifier would keep its `r#`.
    let type_of = |variant: &Ident| format_ident!("{}{}", dialogue, variant, span = variant.span());
    let name = type_of(ident);
    let field = |field: &Field| {
        let docs = docs(&field.attrs);
        let (ident, ty) = (&field.ident, &field.ty);
        let colon = ident.is_some().then(|| quote!(:));
        quote!(#(#docs)* #vis #ident #colon #ty)
    };
    let fields: Vec<_> = variant.fields.iter().map(field).collect();
    let bindings: Vec<_> = match &variant.fields {
        Fields::Named(fields) => fields.named.iter().filter_map(|field| field.ident.clone()).collect(),
        fields => (0..fields.len()).map(|n| format_ident!("field_{n}")).collect(),
    };
    let (body, pattern) = match &variant.fields {
        Fields::Named(_) => (quote!({ #(#fields),* }), quote!({ #(#bindings),* })),
        Fields::Unnamed(_) => (quote!((#(#fields),*);), quote!((#(#bindings),*))),
        Fields::Unit => (quote!(;), quote!()),
    };
    let said = docs(&variant.attrs);
    let docs = match said.is_empty() {
        true => {
            let about = format!("The state [`{dialogue}::{ident}`].");
            quote!(#[doc = #about])
        }
        false => quote!(#(#said)*),
    };
    let following: Vec<Ident> = match to {
        None => all.iter().map(|variant| (*variant).clone()).collect(),
        Some(to) => to.into_iter().collect(),
    };
    for (at, next) in following.iter().enumerate() {
        if !all.contains(&next) {
            return Err(Error::new_spanned(next, format!("`{dialogue}` has no state `{next}`")));
        }
        if following.iter().take(at).any(|earlier| earlier == next) {
            return Err(Error::new_spanned(next, format!("`{next}` is named twice")));
        }
    }
    let following = following.iter().map(type_of);
    Ok(quote! {
        #docs
        #[derive(Clone)]
        #[allow(dead_code)]
        #vis struct #name #body

        #[automatically_derived]
        impl ::core::convert::From<#name> for #dialogue {
            fn from(state: #name) -> Self {
                let #name #pattern = state;
                Self::#ident #pattern
            }
        }

        #[automatically_derived]
        impl ::simplex_bot::dialogue::DialogueState for #name {
            type Dialogue = #dialogue;
            #[allow(unreachable_patterns)]
            fn of(dialogue: &#dialogue) -> ::core::option::Option<Self> {
                match ::core::clone::Clone::clone(dialogue) {
                    #dialogue::#ident #pattern => ::core::option::Option::Some(Self #pattern),
                    _ => ::core::option::Option::None,
                }
            }
        }

        #(
            #[automatically_derived]
            impl ::simplex_bot::dialogue::LeadsTo<#following> for #name {}
        )*
    })
}

fn docs(attributes: &[Attribute]) -> Vec<&Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).collect()
}

fn options(attributes: &[Attribute], on_enum: bool) -> Result<Options> {
    let mut options = Options::default();
    let mut given = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("dialogue")) {
        attribute.parse_nested_meta(|meta| {
            let key = option(&meta, &mut given, &[])?;
            match key.as_str() {
                "name" | "version" | "upgrade" if !on_enum => {
                    return Err(meta.error(format!("`{key}` belongs on the enum")));
                }
                "to" if on_enum => {
                    return Err(meta.error("`to` belongs on a variant: it names the states that may follow"));
                }
                "name" => options.name = Some(meta.value()?.parse()?),
                "version" => options.version = Some(meta.value()?.parse()?),
                "upgrade" => options.upgrade = Some(meta.value()?.parse()?),
                "timeout" => options.timeout = Some(meta.value()?.parse()?),
                "to" => {
                    let inside;
                    parenthesized!(inside in meta.input);
                    options.to = Some(Punctuated::parse_terminated(&inside)?);
                }
                _ => {
                    return Err(meta.error(
                        "no such option; there are `name`, `version`, `upgrade` and `timeout` for the enum, `to` and \
                         `timeout` for its variants",
                    ));
                }
            }
            Ok(())
        })?;
    }
    Ok(options)
}

/// `"90s"`, `"30m"`, `"12h"`, `"7d"`.
fn seconds(text: &LitStr) -> Result<u64> {
    let value = text.value();
    let unit = match value.chars().last() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3600,
        Some('d') => 86_400,
        _ => 0,
    };
    let number = value.get(..value.len().saturating_sub(1)).and_then(|number| number.trim().parse::<u64>().ok());
    match number.and_then(|number| number.checked_mul(unit)) {
        Some(seconds) if seconds > 0 => Ok(seconds),
        _ => Err(Error::new(
            text.span(),
            "a time is a number with the unit s, m, h or d: \"90s\", \"30m\", \"12h\", \"7d\"",
        )),
    }
}
