using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Desks;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using Place = Chat.Domain.Conversations.State;
using State = Chat.Domain.Desks.State;

namespace Chat.Domain.Tests.Desks;

/// <summary>Who may read what was reported, and for how long.</summary>
public sealed class LookingTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tomas = PersonId.Of("tomas");
    private static readonly Instant Now = new(1_800_000_000_000);
    private static readonly Subject.Message Message = new(ConversationId.Of("c1"), 7);

    private static readonly Place Place = Evolution.Evolve(
        Place.Initial,
        new Domain.Conversations.Event.Created(new Stamp(Mia, Now), ConversationKind.Channel, [Mia, Tomas], null)
    );

    [Xunit.Fact]
    public void Who_said_why_reads_it_for_an_hour()
    {
        Assert.Equal(Message, At(Mia, Looked(Mia)));
        Assert.Equal(Message, At(Mia, Looked(Mia), Now.Plus(Desk.LooksMs - 1)));
        Assert.Equal(Forbidden("report.not_looked_at"), At(Mia, Looked(Mia), Now.Plus(Desk.LooksMs)));
        Assert.Equal(Forbidden("report.not_looked_at"), At(Mia, Looked(Tomas)));
    }

    [Xunit.Fact]
    public void Who_does_not_handle_it_is_told_no_more_than_elsewhere()
    {
        Assert.Equal(Forbidden("permission.reports"), At(Tomas, Looked(Tomas)));
        Assert.Equal("not_a_member", (At(PersonId.Of("stranger"), Looked(Mia)) as Refusal)?.Code);
    }

    [Xunit.Fact]
    public void What_is_about_oneself_or_no_message_or_not_there_is_not_read()
    {
        Assert.Equal(new Refusal.NotFound("report.unknown"), At(Mia, Looked(Mia) with { About = Mia }));
        Assert.Equal(new Refusal.NotFound("report.unknown"), At(Mia, Looked(Mia) with { Number = 2 }));
        var person = Looked(Mia) with { Subject = new Subject.Person(Tomas) };
        Assert.Equal(new Refusal.Unsupported("report.of_no_message"), At(Mia, person));
    }

    private static Report Looked(PersonId person) =>
        new(1, Tomas, Now, Message, null, default, null, null, null) { Looks = Prelude.Map((person, Now)) };

    private static Refusal Forbidden(string rule) => new Refusal.Forbidden([rule]);

    private static object At(PersonId person, Report report, Instant? now = null) =>
        Looking
            .At(Place, State.Initial with { Open = Prelude.Map((report.Number, report)) }, person, 1, now ?? Now)
            .Match<object>(found => found, refusal => refusal);
}
