package dev.jawait.benchmarks.http;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The processor time of this process, and the bytes it allocates. */
final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long collected;
    private long collections;
    private final long before;

    Meter() {
        before = count();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener((event, handback) -> collected(event), null, null);
        }
    }

    private void collected(Notification event) {
        if (event.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GcInfo info = GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData())
                    .getGcInfo();
            synchronized (this) {
                collections++;
                collected += used(info.getMemoryUsageBeforeGc()) - used(info.getMemoryUsageAfterGc());
            }
        }
    }

    private static long used(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> pool.getKey().matches(".*(Eden|Survivor|Old).*"))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    /** Nanoseconds, of all threads. */
    long cpu() {
        return SYSTEM.getProcessCpuTime();
    }

    /** Bytes, since some time in the past. */
    long allocated() throws InterruptedException {
        while (!knowsAllCollections()) {
            Thread.sleep(1);
        }
        return allocatedByNow();
    }

    private synchronized boolean knowsAllCollections() {
        return collections >= count() - before;
    }

    private static long count() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private synchronized long allocatedByNow() {
        return collected
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
