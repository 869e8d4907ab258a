using Chat.Domain.Closeness;
using Chat.Domain.Committing;
using Chat.Domain.Meeting;
using Chat.Domain.People;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>Whom one might meet, and who is close.</summary>
public static class ChatMeeting
{
    private const string Person = "person";

    /// <summary>
    /// Opens or closes oneself to being suggested, and one's friendships to being used for that. With an id of one's
    /// own it can be asked again at any time, and takes effect once.
    /// </summary>
    public static Task<Either<Refusal, Receipt>> OpenAsync(
        this ChatClient client,
        bool mayMeet,
        ClientId? id = null,
        CancellationToken stop = default
    ) => client.ChangeSelfAsync(new Command.SetPrivacy(null, null) { MayMeet = mayMeet }, id, stop);

    /// <summary>Whom one might want to meet, the first first, at most <see cref="Suggesting.Most"/>.</summary>
    public static Task<Either<Refusal, Listing<SuggestionEntry>>> MeetAsync(
        this ChatClient client,
        int limit = Suggesting.Most,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            Person,
            Subjects.Nothing,
            "meet",
            PeopleRequests.Limit(limit),
            MeetingAnswers.Suggestions,
            stop
        );

    /// <summary>
    /// Does not have somebody suggested any more. With an id of one's own it can be asked again at any time, and takes
    /// effect once.
    /// </summary>
    public static Task<Either<Refusal, Receipt>> DismissAsync(
        this ChatClient client,
        PersonId person,
        ClientId? id = null,
        CancellationToken stop = default
    ) => client.ChangeSelfAsync(new Command.Dismiss(person), id, stop);

    /// <summary>Who is close to oneself, the closest first, at most <see cref="Ranking.Most"/>.</summary>
    public static Task<Either<Refusal, Listing<Close>>> ClosestAsync(
        this ChatClient client,
        int limit = Ranking.Most,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "house",
            Subjects.Nothing,
            "closest",
            PeopleRequests.Limit(limit),
            MeetingAnswers.Closest,
            stop
        );
}
