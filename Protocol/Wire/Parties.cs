using Chat.Domain.Games;
using Chat.Domain.Rooms;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>The record of a party, and the wish for one, as a person is sent them, both ways.</summary>
internal static class Parties
{
    private static readonly Shape RoomName = new Shape.Text(Domain.Values.RoomName.MaxBytes);
    private static readonly Shape Points = new Shape.Whole(int.MinValue, int.MaxValue);

    public static readonly Form Form = new(
        "party",
        "A party that all who were there wanted kept: which room, who was there from when to when, what was played.",
        [
            new("name", RoomName),
            new("from", Shapes.Time),
            new("until", Shapes.Time),
            new(
                "people",
                Shapes.Many(
                    new Form(
                        "attended",
                        "Somebody who was there, from when they first came to when they last went.",
                        [new("person", Shapes.Token), new("from", Shapes.Time), new("until", Shapes.Time)]
                    ),
                    Party.MaxPeople
                )
            ),
            new(
                "games",
                Shapes.Many(
                    new Form(
                        "party_game",
                        "A game that was played; finished where it was to the end.",
                        [
                            new("game", Shapes.Token),
                            Shapes.Maybe("finished", Shapes.Flag),
                            new(
                                "scores",
                                Shapes.Many(
                                    new Form(
                                        "score",
                                        "What somebody had.",
                                        [new("person", Shapes.Token), new("points", Points)]
                                    ),
                                    Room.MaxTalk
                                )
                            ),
                        ]
                    ),
                    Party.MaxGames
                )
            ),
        ]
    );

    public static readonly Form WishForm = new(
        "wish",
        "A record is wished for in a conversation; who of those inside was asked, and who agreed. "
            + "lost: somebody has gone without agreeing, so there will be none.",
        [
            new("conversation", Shapes.Token),
            new("asked", Shapes.People(Room.MaxCapacity)),
            new("agreed", Shapes.People(Room.MaxCapacity)),
            Shapes.Maybe("lost", Shapes.Flag),
        ]
    );

    public static void Write(ref MessagePackWriter writer, Party party)
    {
        writer.WriteMapHeader(5);
        writer.Field("name", party.Name.Value);
        writer.Field("from", party.From);
        writer.Field("until", party.Until);
        writer.Field(
            "people",
            party.People,
            static (ref MessagePackWriter w, Attended one) =>
            {
                w.WriteMapHeader(3);
                w.Field("person", one.Person.Value);
                w.Field("from", one.From);
                w.Field("until", one.Until);
            }
        );
        writer.Field(
            "games",
            party.Games,
            static (ref MessagePackWriter w, PartyGame one) =>
            {
                w.WriteMapHeader(2 + Writing.Count(one.IsFinished));
                w.Field("game", one.Game);
                if (one.IsFinished)
                    w.Field("finished", true);
                w.Field("scores", one.Scores, Write);
            }
        );
    }

    private static void Write(ref MessagePackWriter writer, Score score)
    {
        writer.WriteMapHeader(2);
        writer.Field("person", score.Who.Value);
        writer.Field("points", score.Points);
    }

    public static Party Of(Fields party) =>
        new(
            party.Value("name", Domain.Values.RoomName.Create),
            party.Time("from"),
            party.Time("until"),
            party.List("people", one => new Attended(one.Person("person"), one.Time("from"), one.Time("until"))),
            party.List(
                "games",
                one => new PartyGame(
                    one.String("game"),
                    one["finished"] is true,
                    one.List("scores", score => new Score(score.Person("person"), checked((int)score.Long("points"))))
                )
            )
        );

    public static void Write(ref MessagePackWriter writer, WishView wish)
    {
        writer.WriteMapHeader(3 + Writing.Count(wish.IsLost));
        writer.Field("conversation", wish.Into.Value);
        writer.Field("asked", wish.Asked);
        writer.Field("agreed", wish.Agreed);
        if (wish.IsLost)
            writer.Field("lost", true);
    }

    public static WishView WishOf(Fields wish) =>
        new(wish.Conversation("conversation"), wish.Persons("asked"), wish.Persons("agreed"), wish["lost"] is true);
}
