namespace Chat.Domain.Places;

/// <summary>
/// Where somebody is in the house as a decider, with whom they hear of there and who waved at them. A stream of its
/// own: one person is in one place.
/// </summary>
public static class Place
{
    /// <summary>Waves that are kept: one of each friend, the oldest goes.</summary>
    public const int MaxWaves = 200;

    /// <summary>Friends whom one may ghost, and whom one may mute.</summary>
    public const int MaxNamed = 1_000;

    /// <summary>How far two waves of one friend are apart at least, in milliseconds.</summary>
    public const long WaveEveryMs = 10_000;

    /// <summary>How far a buzz is from what came before it, in milliseconds.</summary>
    public const long BuzzEveryMs = 60_000;

    /// <summary>The value that everything is written against.</summary>
    public static Decider<State, Command, Event> Decider { get; } =
        new(
            State.Initial,
            Needs,
            Decide,
            Evolve,
            EvolveFacts: (facts, _, _) => facts,
            Due: _ => None,
            Mark: (_, _, _) => Left<Refusal, Marks>(new Refusal.Unsupported("place.has_no_marks")),
            React: _ => Empty
        );

    /// <summary>The place of somebody who never came.</summary>
    public static AnyStream New { get; } = new Stream<State, Command, Event>(Decider, State.Initial, 0, new Instant(0));

    private static Seq<AnyFactKey> Needs(Context context, Command command, State state) =>
        command is Command.Wave wave
            ? Seq1<AnyFactKey>(new StreamFactKey(Between(context)))
                .Concat(toSeq(Optional(wave.Room).Map(room => (AnyFactKey)new StreamFactKey(Into(context, room)))))
            : Empty;

    private static StreamKey Between(Context context) =>
        StreamKey.Of(context.Tenant, context.Person, PersonId.Of(context.Id));

    private static StreamKey Into(Context context, RoomId room) => StreamKey.Of(context.Tenant, room);

    private static Either<Refusal, Decision> Decide(Context context, Command command, State state, Facts facts) =>
        command switch
        {
            Command.SetPrivate set => Decision.If(
                set.IsPrivate != state.IsPrivate,
                new Event.PrivateSet(context.Stamp, set.IsPrivate)
            ),
            Command.SetQuiet set => Decision.If(set.Quiet != state.Quiet, new Event.QuietSet(context.Stamp, set.Quiet)),
            Command.Ghost ghost => Name(
                context,
                state.Ghosted,
                ghost.Person,
                new Event.Ghosted(context.Stamp, ghost.Person)
            ),
            Command.Unghost back => Decision.If(
                state.Ghosted.Contains(back.Person),
                new Event.Unghosted(context.Stamp, back.Person)
            ),
            Command.Mute mute => Name(context, state.Muted, mute.Person, new Event.Muted(context.Stamp, mute.Person)),
            Command.Unmute back => Decision.If(
                state.Muted.Contains(back.Person),
                new Event.Unmuted(context.Stamp, back.Person)
            ),
            Command.SeeWaves => Decision.If(
                state.Waves.Values.Any(wave => !wave.IsSeen),
                new Event.WavesSeen(context.Stamp)
            ),
            Command.Wave wave => Wave(context, wave, state, facts),
        };

    private static Either<Refusal, Decision> Name(Context context, Set<PersonId> named, PersonId who, Event happened) =>
        who == context.Person ? Refused(new Refusal.Malformed(["id: somebody else"]))
        : named.Contains(who) ? Decision.Nothing
        : named.Count >= MaxNamed ? Refused(new Refusal.Full("place.named"))
        : Decision.Accept(happened);

    // Whether the other mutes whoever waves is no reason: nothing tells them.
    private static Either<Refusal, Decision> Wave(Context context, Command.Wave wave, State state, Facts facts)
    {
        if (facts.Stream(Between(context)).Case is not AnyStream { State: Pairs.State { AreFriends: true } } pair)
            return Refused(new Refusal.NotFound("friend.unknown"));
        var guards = Seq1(new Guard(Between(context), pair.Version));
        if (wave.Room is { } into)
        {
            if (
                facts.Stream(Into(context, into)).Case is not AnyStream { State: Rooms.State room } stream
                || !room.Occupants.ContainsKey(context.Person)
            )
                return Refused(new Refusal.NotFound("room.not_inside"));
            guards = guards.Add(new Guard(Into(context, into), stream.Version));
        }
        var every = wave.IsBuzz ? BuzzEveryMs : WaveEveryMs;
        return
            state.Waves.Find(context.Person).Case is Places.Wave last
            && last.At.Plus(every).Milliseconds - context.Now.Milliseconds is > 0 and var left
            ? Refused(new Refusal.RateLimited("wave.rate", left))
            : Right(
                new Decision(Seq1<AnyEvent>(new Event.Waved(context.Stamp, wave.Room, wave.IsBuzz)), Empty, guards)
            );
    }

    private static Either<Refusal, Decision> Refused(Refusal refusal) => Left<Refusal, Decision>(refusal);

    private static State Evolve(State state, Event happened) =>
        happened switch
        {
            Event.Moved moved => state with { Room = moved.Room },
            Event.PrivateSet set => state with { IsPrivate = set.IsPrivate },
            Event.QuietSet set => state with { Quiet = set.Quiet },
            Event.Ghosted one => state with { Ghosted = state.Ghosted.AddOrUpdate(one.Person) },
            Event.Unghosted one => state with { Ghosted = state.Ghosted.Remove(one.Person) },
            Event.Muted one => state with { Muted = state.Muted.AddOrUpdate(one.Person) },
            Event.Unmuted one => state with { Muted = state.Muted.Remove(one.Person) },
            Event.Waved waved => state with
            {
                Waves = Kept(state.Waves, waved.By)
                    .AddOrUpdate(waved.By, new Wave(waved.At, waved.Room, waved.IsBuzz, IsSeen: false)),
            },
            Event.OnCall call => state with { OnCallWith = call.Other },
            Event.WavesSeen => state with { Waves = state.Waves.Map(wave => wave with { IsSeen = true }) },
        };

    private static Map<PersonId, Wave> Kept(Map<PersonId, Wave> waves, PersonId by) =>
        waves.Count < MaxWaves || waves.ContainsKey(by)
            ? waves
            : waves.Remove(waves.AsEnumerable().MinBy(one => (one.Value.At.Milliseconds, one.Key)).Key);
}
