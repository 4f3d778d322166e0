@NullMarked
package dev.parley.gpu.features;

import org.jspecify.annotations.NullMarked;
