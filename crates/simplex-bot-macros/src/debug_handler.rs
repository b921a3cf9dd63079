//! `#[debug_handler]`: assertions beside a function, with the spans of its parts.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Error, Expr, FnArg, ItemFn, Result, ReturnType, Token, Type};

/// The most parameters that a handler can have.
const MOST: usize = 8;

struct Options {
    filter: Option<Expr>,
    state: Option<Type>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut options = Self { filter: None, state: None };
        while !input.is_empty() {
            let fork = input.fork();
            let names_state = fork.parse::<syn::Ident>().is_ok_and(|ident| ident == "state") && fork.peek(Token![=]);
            if names_state {
                input.parse::<syn::Ident>()?;
                input.parse::<Token![=]>()?;
                options.state = Some(input.parse()?);
            } else if options.filter.is_none() {
                options.filter = Some(input.parse()?);
            } else {
                return Err(input.error("expected `state = …`; a filter is given already"));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

pub(crate) fn check(options: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let options: Options = syn::parse2(options)?;
    let function: ItemFn = syn::parse2(item)?;
    let sig = &function.sig;
    if sig.asyncness.is_none() {
        return Err(Error::new_spanned(sig.fn_token, "a handler is an `async fn`"));
    }
    if !sig.generics.params.is_empty() {
        return Err(Error::new_spanned(
            &sig.generics,
            "a handler cannot be generic: its parameters need concrete types",
        ));
    }
    let mut types = Vec::new();
    for argument in &sig.inputs {
        match argument {
            FnArg::Typed(argument) => types.push(&argument.ty),
            FnArg::Receiver(receiver) => {
                return Err(Error::new_spanned(
                    receiver,
                    "a handler is a function, not a method; take state as `State<T>`",
                ));
            }
        }
    }
    if let Some(extra) = types.get(MOST) {
        return Err(Error::new_spanned(
            extra,
            format!("a handler has at most {MOST} parameters; put some into the state"),
        ));
    }
    for ty in &types {
        if let Type::Reference(reference) = &***ty {
            return Err(Error::new_spanned(
                reference,
                "a handler owns its parameters: take the value, not a reference to it",
            ));
        }
    }
    if let (None, Some(state)) = (&options.filter, &options.state) {
        return Err(Error::new_spanned(
            state,
            "name the filter, too, as where the handler is registered: `debug_handler(text(), state = …)`",
        ));
    }
    let state = options.state.map_or_else(|| quote!(()), |state| quote!(#state));
    let checks = options.filter.map(|filter| {
        let checks = types.iter().map(|ty| {
            quote_spanned! { ty.span() => { __takes::<_, #ty>(&__filter); } }
        });
        quote! {
            #[allow(dead_code, unused)]
            fn __parameters() {
                fn __takes<__F, __T>(_: &__F)
                where
                    __F: ::simplex_bot::filter::Filter,
                    __T: ::simplex_bot::Extract<::simplex_bot::filter::Scope<__F::Content, __F::Value>, #state>,
                {
                }
                let __filter = #filter;
                #(#checks)*
            }
        }
    });
    let name = &sig.ident;
    let (outcome, outcome_of) = match &sig.output {
        ReturnType::Default => (Some(quote_spanned! { name.span() => returns::<()>(); }), None),
        // A type that has no name: only the future knows it.
        ReturnType::Type(_, ty) if has_impl(ty.to_token_stream()) => {
            (None, Some(quote_spanned! { ty.span() => gives(&__handled); }))
        }
        ReturnType::Type(_, ty) => (Some(quote_spanned! { ty.span() => returns::<#ty>(); }), None),
    };
    let arguments: Vec<_> = (0..types.len()).map(|n| format_ident!("__argument_{n}")).collect();
    let send = quote_spanned! { name.span() => is_send(__handled); };
    // Names that nobody else uses: the user's code in the checks can see these items.
    Ok(quote! {
        #function

        const _: () = {
            #checks
            #[allow(dead_code, unused)]
            fn __outcome() {
                fn returns<T: ::simplex_bot::IntoOutcome>() {}
                #outcome
            }
            #[allow(dead_code, unused, clippy::too_many_arguments)]
            fn __future(#(#arguments: #types),*) {
                let __handled = #name(#(#arguments),*);
                // In here, a handler may have the name of one of these.
                {
                    fn gives<T: ::simplex_bot::IntoOutcome>(_: &impl ::core::future::Future<Output = T>) {}
                    fn is_send<T: ::core::marker::Send + 'static>(_: T) {}
                    #outcome_of
                    #send
                }
            }
        };
    })
}

/// Whether `impl` occurs in a type.
fn has_impl(ty: TokenStream) -> bool {
    ty.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "impl",
        TokenTree::Group(group) => has_impl(group.stream()),
        _ => false,
    })
}
