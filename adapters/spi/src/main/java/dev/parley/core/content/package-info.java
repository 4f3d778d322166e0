/** What messages hold besides words, as far as the hub looks at it. It knows JSON and errors. */
@NullMarked
package dev.parley.core.content;

import org.jspecify.annotations.NullMarked;
