package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.use;

import dev.jawait.AsyncResource;
import dev.jawait.Coroutine;
import org.jspecify.annotations.Nullable;

public final class OwnResource {
    static final class Transaction implements AsyncResource<String> {
        @Override
        public Coroutine<String> enter() {
            return async(() -> {
                System.out.println("begin");
                return "transaction 1";
            });
        }

        @Override
        public Coroutine<@Nullable Void> exit(String name, @Nullable Throwable error) {
            return async(() -> System.out.println(error == null ? "commit" : "roll back: " + error.getMessage()));
        }
    }

    public static void main(String[] args) {
        run(() -> {
            String result = await(use(new Transaction(), name -> name + " is done"));
            System.out.println(result);
            try {
                await(use(new Transaction(), name -> Integer.parseInt("one")));
            } catch (NumberFormatException error) {
                System.out.println("the error goes on to the caller");
            }
        });
    }
}
