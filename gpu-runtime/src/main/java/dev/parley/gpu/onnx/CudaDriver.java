package dev.parley.gpu.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What the NVIDIA driver of this machine says, asked before anything of CUDA is unpacked: that is
 * more than half a gigabyte, in vain on a machine without a GPU.
 *
 * @param devices usable GPUs
 * @param reason why there is none; empty when there is one
 */
// Native access is granted to the whole program (--enable-native-access), as its libraries need it.
@SuppressWarnings("restricted")
record CudaDriver(int devices, String reason) {

  private static final String LIBRARY = "libcuda.so.1";

  static CudaDriver look() {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup driver = SymbolLookup.libraryLookup(LIBRARY, arena);
      int failure = (int) function(driver, "cuInit", ValueLayout.JAVA_INT).invokeExact(0);
      if (failure != 0) {
        return new CudaDriver(0, "the NVIDIA driver answers with error " + failure);
      }
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      int counting =
          (int) function(driver, "cuDeviceGetCount", ValueLayout.ADDRESS).invokeExact(count);
      int devices = counting == 0 ? count.get(ValueLayout.JAVA_INT, 0) : 0;
      return new CudaDriver(devices, devices == 0 ? "the NVIDIA driver sees no GPU" : "");
    } catch (IllegalArgumentException _) {
      return new CudaDriver(0, "there is no NVIDIA driver (" + LIBRARY + ")");
    } catch (Throwable e) {
      return new CudaDriver(0, "the NVIDIA driver cannot be asked: " + e.getMessage());
    }
  }

  private static MethodHandle function(SymbolLookup driver, String name, ValueLayout parameter) {
    return Linker.nativeLinker()
        .downcallHandle(
            driver.findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, parameter));
  }
}
