// The one place that includes Boost.Asio and Boost.Beast: they take most of a minute to compile.
#pragma once

#include <boost/asio.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast.hpp>
