@NullMarked
package dev.parley.hub.speech.text;

import org.jspecify.annotations.NullMarked;
