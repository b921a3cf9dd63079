//! `#[simplex_bot::test]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, ItemFn, Result};

pub(crate) fn expand(options: TokenStream, item: TokenStream) -> Result<TokenStream> {
    if !options.is_empty() {
        return Err(Error::new_spanned(options, "`#[simplex_bot::test]` takes no options"));
    }
    let ItemFn { attrs, vis, mut sig, block, .. } = syn::parse2(item)?;
    if sig.asyncness.take().is_none() {
        return Err(Error::new_spanned(sig.fn_token, "a test is an `async fn`"));
    }
    if !sig.inputs.is_empty() {
        return Err(Error::new_spanned(&sig.inputs, "a test has no parameters"));
    }
    Ok(quote! {
        #[::core::prelude::v1::test]
        #(#attrs)*
        #vis #sig {
            ::simplex_bot::testing::run(async move #block)
        }
    })
}
