@NullMarked
package dev.parley.hub.access;

import org.jspecify.annotations.NullMarked;
