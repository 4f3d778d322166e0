/**
 * The program: its commands, and the one pass that builds the hub from its parts. Only this package
 * knows the adapters.
 */
@NullMarked
package dev.parley.hub.app;

import org.jspecify.annotations.NullMarked;
