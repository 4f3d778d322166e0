/**
 * The benchmark {@code recognize}: what the hub adds to a server that writes down what was said,
 * what that costs, and how many live streams it keeps up with. Knows the hub from outside only.
 */
@NullMarked
package dev.parley.hub.bench.recognize;

import org.jspecify.annotations.NullMarked;
