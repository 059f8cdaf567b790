package io.stockledger.api.security;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import java.util.function.BooleanSupplier;

/** Somebody who has shown credentials. What stays open asks again and again whether they are still good. */
public final class Login {

    private final Caller caller;
    private final BooleanSupplier good;
    private volatile boolean ended;

    /** @param good asked on threads that must not wait */
    Login(Caller caller, BooleanSupplier good) {
        this.caller = caller;
        this.good = good;
    }

    public Caller caller() {
        return caller;
    }

    /** Whether the credentials are neither revoked nor out of date. Waits for nobody, so it may be some seconds late. */
    public boolean isGood() {
        return !ended && good.getAsBoolean();
    }

    /** The credentials were revoked. */
    void end() {
        ended = true;
    }

    /** @throws RequestRefused when the credentials are revoked or out of date by now */
    public void requireGood() {
        if (!isGood()) {
            throw refused("The credentials of '" + caller.name() + "' are revoked or out of date by now.");
        }
    }

    static RequestRefused refused(String message) {
        return new RequestRefused(Problem.of(Failures.UNAUTHENTICATED, message));
    }
}
