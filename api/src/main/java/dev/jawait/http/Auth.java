package dev.jawait.http;

/**
 * What a request shows a server to be let in; sent as {@code Authorization}. Set for one request with
 * {@link ClientRequest#auth}, for a session with {@link ClientSession.Builder#auth(Auth)}. It is never sent to another
 * origin than the one it is for, redirects included. {@code toString} tells no secret.
 */
public sealed interface Auth {
    /** User and password as they are (RFC 7617), in UTF-8. Over plain http everybody on the way can read them. */
    static Auth basic(String user, String password) {
        return new Basic(user, password);
    }

    /** A token (RFC 6750). */
    static Auth bearer(String token) {
        return new Bearer(token);
    }

    /**
     * Proof of user and password that does not tell them (RFC 7616). The first request is answered with a challenge and
     * sent again once, if its body can be; from then on the session answers in advance.
     */
    static Auth digest(String user, String password) {
        return new Digest(user, password);
    }

    /** See {@link #basic}. */
    record Basic(String user, String password) implements Auth {
        /** @throws IllegalArgumentException if there is a colon in {@code user}, which would end it there */
        public Basic {
            if (user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("A user's name with a colon in it cannot be told by basic auth");
            }
        }

        @Override
        public String toString() {
            return "Auth[basic]";
        }
    }

    /** See {@link #bearer}. */
    record Bearer(String token) implements Auth {
        @Override
        public String toString() {
            return "Auth[bearer]";
        }
    }

    /** See {@link #digest}. */
    record Digest(String user, String password) implements Auth {
        /** @throws IllegalArgumentException if there is a colon in {@code user}, or a control character in either */
        public Digest {
            if (user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("A user's name with a colon in it cannot be told by digest auth");
            }
            if ((user + password).chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("There is a control character in the user or the password");
            }
        }

        @Override
        public String toString() {
            return "Auth[digest]";
        }
    }
}
