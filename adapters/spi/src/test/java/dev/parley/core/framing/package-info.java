/// Tests of cutting streams into messages.
@NullMarked
package dev.parley.core.framing;

import org.jspecify.annotations.NullMarked;
