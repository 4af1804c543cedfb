#include "ovillo/intake/internal/picture_member.hpp"

#include "ovillo/base/hash.hpp"

namespace ovillo::intake {

Result<void> hand_over_picture(ByteStream& stream, const std::string& member,
                               BatchBuilder& builder) {
  OVILLO_CHECK(builder.flush());
  PictureFile picture;
  picture.member = member;
  std::string bytes;
  Sha256 hash;
  while (true) {
    OVILLO_TRY(const std::string_view block, stream.next());
    if (block.empty()) break;
    hash.update(block);
    picture.too_large =
        picture.too_large || bytes.size() + block.size() > builder.options().max_picture_bytes;
    if (!picture.too_large) bytes.append(block);
  }
  if (!picture.too_large) picture.bytes = bytes;
  picture.sha256 = hash.hex();
  return builder.sink().picture(picture);
}

}  // namespace ovillo::intake
