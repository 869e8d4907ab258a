using Chat.Domain.Views;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>Searching among the messages that one may see.</summary>
public static class ChatSearch
{
    /// <summary>
    /// A page of what is found, the newest first: in one conversation, or in all that one is in. What was said in the
    /// last five seconds may be missing; what was taken back is not there.
    /// </summary>
    public static Task<Either<Refusal, SearchPage>> SearchAsync(
        this ChatClient client,
        SearchQuery query,
        ConversationId? conversation = null,
        string? cursor = null,
        int limit = Requests.DefaultPage,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            SearchRequests.IdOf(conversation),
            "search",
            SearchRequests.Of(query, cursor, limit),
            SearchAnswers.Page,
            stop
        );
}
