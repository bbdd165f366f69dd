package dev.grove.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The codecs and the bare loops of {@link CodecBenchmark} in turns of a few milliseconds, by the processor time of the
 * thread: ratios that hold on a machine where others work too.
 */
public final class CodecRatios {

    private static final int WARM_UP_ROUNDS = 300;
    private static final int ROUNDS = 600;
    private static final long TURN_NANOS = 4_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    // What the work makes goes here, so that it is not left out.
    static volatile Object sink = "";

    private CodecRatios() {}

    private interface Work {
        Object run() throws Exception;
    }

    /** Work under its name, and what came of it in each round. */
    private record Measured(String name, Work work, double[] micros, double[] bytes) {

        Measured(String name, Work work) {
            this(name, work, new double[ROUNDS], new double[ROUNDS]);
        }

        void turn(int round) throws Exception {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long begin = THREADS.getCurrentThreadCpuTime();
            long spent = 0;
            int runs = 0;
            while (spent < TURN_NANOS) {
                for (int i = 0; i < 20; i++) {
                    sink = work.run();
                }
                runs += 20;
                spent = THREADS.getCurrentThreadCpuTime() - begin;
            }
            if (round >= 0) {
                micros[round] = spent / 1000.0 / runs;
                bytes[round] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) runs;
            }
        }

        /** The tenth part of the rounds was faster: what the work takes when nothing disturbs it. */
        double quick() {
            return sorted(micros)[ROUNDS / 10];
        }

        double allocated() {
            return sorted(bytes)[ROUNDS / 2];
        }

        private static double[] sorted(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted;
        }
    }

    /** Prints a table for each message; the last argument is a regular expression of names in the table. */
    public static void main(String[] arguments) throws Exception {
        Pattern wanted = Pattern.compile(arguments.length == 0 ? ".*" : arguments[arguments.length - 1]);
        for (String message : List.of("packageOne", "hundredCommands")) {
            CodecBenchmark codec = new CodecBenchmark();
            codec.message = message;
            codec.write();
            Measured aalto = new Measured("bare Aalto", codec::bareAalto);
            Measured kxml2 = new Measured("bare kxml2", codec::bareKxml2);
            List<Measured> all = List.of(aalto, new Measured("read XML", codec::readXml),
                    new Measured("write XML", codec::writeXml), kxml2, new Measured("read WBXML", codec::readWbxml),
                    new Measured("write WBXML", codec::writeWbxml));
            all = all.stream().filter(one -> wanted.matcher(one.name()).find()).toList();
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                for (Measured one : all) {
                    one.turn(round);
                }
            }
            for (Measured one : all) {
                print(one, one.name().endsWith("WBXML") ? kxml2 : aalto);
            }
        }
    }

    private static void print(Measured one, Measured bare) {
        boolean isBare = one.name().startsWith("bare");
        System.out.printf(Locale.ROOT, "  %-12s %8.2f us %8.0f bytes allocated%s%n", one.name(), one.quick(),
                one.allocated(), isBare
                        ? ""
                        : String.format(Locale.ROOT, "  %5.2f times %s", one.quick() / bare.quick(), bare.name()));
    }
}
