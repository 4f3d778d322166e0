@NullMarked
package dev.parley.hub.limits;

import org.jspecify.annotations.NullMarked;
