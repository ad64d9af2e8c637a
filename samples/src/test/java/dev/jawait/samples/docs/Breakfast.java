package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;

import dev.jawait.Coroutine;
import dev.jawait.Task;
import java.time.Duration;

public final class Breakfast {
    static Coroutine<String> make(String what) {
        return async(() -> {
            await(sleep(Duration.ofMillis(100)));
            return what;
        });
    }

    public static void main(String[] args) {
        run(() -> {
            Coroutine<String> tea = make("tea"); // Nothing runs yet: a coroutine is a recipe.
            System.out.println(await(tea)); // It runs here and now, and the body waits.
            Task<String> egg = createTask(make("egg")); // A task runs from now on, beside the body.
            System.out.println(await(gather(make("toast"), egg))); // Both, side by side; in this order.
        });
    }
}
