// A View as one number: names a view in the store and in the audit log without saying what it is.
#pragma once

#include "ovillo/record/view.hpp"

namespace ovillo::casework {

using ViewDigest = Id128<struct ViewTag>;

/// Keyed hash of everything a View holds; equal exactly when the views are equal.
ViewDigest view_digest(const View& view, const IdKey& key);

}  // namespace ovillo::casework
