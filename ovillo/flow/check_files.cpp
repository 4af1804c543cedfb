#include "ovillo/flow/check_files.hpp"

#include <ostream>

#include <fmt/format.h>

#include "ovillo/flow/plain_table.hpp"
#include "ovillo/network/input_checks.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

std::string meaning(const network::DoubtFound& found) {
  using network::InputDoubt;
  switch (found.doubt) {
    case InputDoubt::copy:
      return "The same rows as the other file: one of the two may have been handed over twice.";
    case InputDoubt::same_links:
      return "The same links and weights as the other file, in another order.";
    case InputDoubt::same_shape:
      return fmt::format("The other file's network under other names{}{}.",
                         found.weights_too ? ", weights included" : "",
                         found.proven ? "" : ", as far as could be told");
    case InputDoubt::both_directions:
      return "Every link stands in both directions: the directions may have been lost.";
    case InputDoubt::one_direction:
      return "Every link goes from one side of the order of names: the directions may have been "
             "lost.";
    case InputDoubt::shared_by_many:
      return "One value ties far more than any other: it may say nothing about who knows whom.";
    case InputDoubt::placeholder:
      return "A word for \"not known\" ties people who need not know each other.";
  }
  return {};
}

}  // namespace

Result<void> check_files(const CheckFilesOrder& order, std::ostream& out, std::ostream& warn) {
  std::vector<network::EdgeList> lists;
  for (const std::string& path : order.paths) {
    OVILLO_TRY(auto list, read_edges(path, order.columns, warn));
    lists.push_back(std::move(list));
  }
  const auto found = network::check_inputs(lists, {order.said_directed});
  out << "file,doubt,other,node,n,meaning\n";
  for (const network::DoubtFound& one : found)
    out << fmt::format("{},{},{},{},{},{}\n", csv_cell(order.paths[one.list]), name_of(one.doubt),
                       one.other ? csv_cell(order.paths[*one.other]) : "", csv_cell(one.node),
                       one.n, csv_cell(meaning(one)));
  warn << fmt::format("{} files looked at, {} doubts\n", lists.size(), found.size());
  return {};
}

}  // namespace ovillo::flow
