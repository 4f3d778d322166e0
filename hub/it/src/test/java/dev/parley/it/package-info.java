/**
 * Black-box tests: a started hub with the shipped wiring between protocol fakes and real clients.
 * They know the wire and the configuration; of the hub's own classes only what starts it and what
 * shows that nothing is held.
 */
@NullMarked
package dev.parley.it;

import org.jspecify.annotations.NullMarked;
