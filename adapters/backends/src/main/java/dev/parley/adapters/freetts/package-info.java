/**
 * FreeTTS, an engine in pure Java that speaks American English from diphones of the 1990s: always
 * there, never beautiful. The engine lives in this process; nothing is asked over a network.
 */
@NullMarked
package dev.parley.adapters.freetts;

import org.jspecify.annotations.NullMarked;
