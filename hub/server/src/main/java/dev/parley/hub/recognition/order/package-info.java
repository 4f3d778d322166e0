/** What callers of recognition ask for, and what they are told. */
@NullMarked
package dev.parley.hub.recognition.order;

import org.jspecify.annotations.NullMarked;
