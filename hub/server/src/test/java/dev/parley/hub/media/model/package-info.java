@NullMarked
package dev.parley.hub.media.model;

import org.jspecify.annotations.NullMarked;
