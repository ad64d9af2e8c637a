package dev.jawait.samples.copied;

/** Runs the mains of the classes that are named, one after the other, and tells which one comes. */
final class RunMains {
    private RunMains() {}

    public static void main(String[] classNames) throws Exception {
        for (String name : classNames) {
            System.out.println("--- " + name);
            Class.forName(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }
}
