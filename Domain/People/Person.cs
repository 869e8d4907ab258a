namespace Chat.Domain.People;

/// <summary>The person as a decider.</summary>
public static class Person
{
    /// <summary>Devices that are remembered as closed out; beyond it the request is refused.</summary>
    public const int MaxRevoked = 1_000;

    /// <summary>People who are never suggested; beyond it the request is refused.</summary>
    public const int MaxDismissed = 1_000;

    /// <summary>The value that everything is written against.</summary>
    public static Decider<State, Command, Event> Decider { get; } =
        new(
            State.Initial,
            Needs,
            Decide,
            Evolve,
            EvolveFacts: (facts, _, _) => facts,
            Due: _ => None,
            Mark: (_, _, _) => Left<Refusal, Marks>(new Refusal.Unsupported("person.has_no_marks")),
            React: _ => Empty
        );

    /// <summary>A person of whom nothing is known yet.</summary>
    public static AnyStream New { get; } = new Stream<State, Command, Event>(Decider, State.Initial, 0, new Instant(0));

    /// <summary>Whether somebody of the staff, as it stands, may close people out.</summary>
    public static bool MaySuspend(Conversations.State staff, PersonId person) =>
        staff.Members.Find(person).Exists(member => Layers.Of(staff, member).Has(Permission.Ban));

    private static Seq<AnyFactKey> Needs(Context context, Command command, State state) =>
        command switch
        {
            Command.DeclineInvitation decline => Seq1<AnyFactKey>(new StreamFactKey(Invited(context, decline))),
            Command.Suspend suspend => Suspending.Needs(context, suspend.Staff),
            Command.Restore restore => Suspending.Needs(context, restore.Staff),
            Command.UpdateProfile or Command.SetPrivacy or Command.Dismiss or Command.RevokeDevice => Empty,
        };

    private static StreamKey Invited(Context context, Command.DeclineInvitation decline) =>
        StreamKey.Of(context.Tenant, decline.Conversation);

    private static Either<Refusal, Decision> Decide(Context context, Command command, State state, Facts facts) =>
        command switch
        {
            Command.UpdateProfile update => Update(context, update, state),
            Command.SetPrivacy set => Privacy(context, set, state),
            Command.Dismiss dismiss => Dismiss(context, dismiss.Person, state),
            Command.RevokeDevice revoke => Revoke(context, revoke, state),
            Command.DeclineInvitation decline => Decline(context, decline, facts),
            Command.Suspend suspend => Suspending.Suspend(context, suspend, state, facts),
            Command.Restore restore => Suspending.Restore(context, restore, state, facts),
        };

    private static Either<Refusal, Decision> Update(Context context, Command.UpdateProfile update, State state)
    {
        var about = update.About is null ? state.Profile.About : Said(update.About);
        var profile = new Profile(update.Name ?? state.Profile.Name, about);
        return profile == state.Profile
            ? Decision.Nothing
            : Decision.Accept(new Event.ProfileChanged(context.Stamp, profile.Name, profile.About));
    }

    private static Either<Refusal, Decision> Privacy(Context context, Command.SetPrivacy set, State state)
    {
        var privacy = new Privacy(set.Messages ?? state.Privacy.Messages, set.Invites ?? state.Privacy.Invites)
        {
            MayMeet = set.MayMeet ?? state.Privacy.MayMeet,
            Find = set.Find ?? state.Privacy.Find,
            Presence = set.Presence ?? state.Privacy.Presence,
            Receipts = set.Receipts ?? state.Privacy.Receipts,
        };
        return Reach.FaultOf(set) is { } fault ? Left<Refusal, Decision>(new Refusal.Malformed([fault]))
            : privacy == state.Privacy ? Decision.Nothing
            : Decision.Accept(new Event.PrivacyChanged(context.Stamp, privacy));
    }

    // Whether they exist is not asked: nothing is told by it.
    private static Either<Refusal, Decision> Dismiss(Context context, PersonId who, State state) =>
        who == context.Person ? Left<Refusal, Decision>(new Refusal.Malformed(["id: somebody else"]))
        : state.Dismissed.Contains(who) ? Decision.Nothing
        : state.Dismissed.Count >= MaxDismissed ? Left<Refusal, Decision>(new Refusal.Full("people.dismissed"))
        : Decision.Accept(new Event.Dismissed(context.Stamp, who));

    // Where nobody asked them in there is nothing to decline, and it is not said which of the two it is.
    private static Either<Refusal, Decision> Decline(Context context, Command.DeclineInvitation decline, Facts facts) =>
        facts
            .Find<StreamFact>(new StreamFactKey(Invited(context, decline)))
            .Exists(fact =>
                fact.Current.State is Conversations.State state && state.Invited.ContainsKey(context.Person)
            )
            ? Decision.Accept(new Event.InvitationDeclined(context.Stamp, decline.Conversation))
            : Decision.Nothing;

    private static About? Said(About about) => about.Value.Length == 0 ? null : about;

    private static Either<Refusal, Decision> Revoke(Context context, Command.RevokeDevice revoke, State state) =>
        state.Revoked.Count < MaxRevoked || state.Revoked.ContainsKey(revoke.Device)
            ? Decision.Accept(new Event.DeviceRevoked(context.Stamp, revoke.Device))
            : Left<Refusal, Decision>(new Refusal.Full("devices.revoked"));

    private static State Evolve(State state, Event happened) =>
        happened switch
        {
            Event.ProfileChanged changed => state with { Profile = new Profile(changed.Name, changed.About) },
            Event.InvitationDeclined => state,
            Event.Dismissed dismissed => state with { Dismissed = state.Dismissed.AddOrUpdate(dismissed.Person) },
            Event.Suspended suspended => state with
            {
                Suspension = new Suspension(suspended.By, suspended.At, suspended.Until, suspended.Why),
            },
            Event.Restored => state with { Suspension = null },
            Event.PrivacyChanged changed => state with { Privacy = changed.Privacy },
            // Never back: events that claim an earlier time than one before them take nothing away.
            Event.DeviceRevoked revoked => state with
            {
                Revoked = state.Revoked.AddOrUpdate(
                    revoked.Device,
                    before => Instant.Max(before, revoked.At),
                    revoked.At
                ),
            },
        };
}
