//! C face
