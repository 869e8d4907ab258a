using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;

namespace Chat.Host.Nats;

/// <summary>A product's own word on what is said: whom to ask, and what holds while nobody answers.</summary>
/// <param name="Subject">The subject of NATS where it is asked, in the host's own account.</param>
/// <param name="Patience">How long an answer is waited for.</param>
/// <param name="IsOpen">Whether what nobody judged is said; else whoever asked is told to ask again.</param>
public sealed record SendPolicyOptions(string Subject, TimeSpan Patience, bool IsOpen);

/// <summary>
/// Asks a service of the embedding product before something is said or said otherwise. It is asked in JSON:
/// <c>{ "person", "device", "conversation", "verb", "with" }</c>, the fields of the request in <c>with</c>, and answers
/// <c>{ "allow": true }</c>, or <c>{ "allow": false, "rule" }</c> with a word of its own for whoever asked. The same
/// request may be judged again; what was accepted once stays so, whatever it says then.
/// </summary>
public sealed class SendPolicy(INatsConnection connection, SendPolicyOptions options, ILogger<SendPolicy> log)
{
    private const long RetryAfterMs = 500;

    /// <summary>Whether it is asked about a command: about what is sent, and what an edit makes of it.</summary>
    public static bool IsAskedAbout(AnyCommand command) => command is Command.SendMessage or Command.EditMessage;

    /// <summary>What it says against a request; null for nothing.</summary>
    internal async Task<Refusal?> JudgeAsync(Address from, StreamKey stream, Command command)
    {
        try
        {
            var answer = await connection.RequestAsync<byte[], byte[]>(
                options.Subject,
                PolicyRequests.Of(from.Person, from.Device, stream.Id, command),
                replyOpts: new NatsSubOpts { Timeout = options.Patience }
            );
            return Json.Read(answer.Data ?? []).Case is Fields read ? Read(read) : Unjudged("what cannot be read");
        }
        catch (Exception fault) when (fault is NatsException or OperationCanceledException)
        {
            return Unjudged(fault.Message);
        }
    }

    private Refusal? Read(Fields answer) =>
        answer["allow"] switch
        {
            true => null,
            false => new Refusal.Unwanted([
                $"policy.{answer.Text("rule", WordRuleId.Create).Match(r => r.Value, _ => "-")}",
            ]),
            _ => Unjudged("neither yes nor no"),
        };

    private Refusal? Unjudged(string why)
    {
        log.LogWarning("The policy answered nothing that helps: {Why}", why);
        return options.IsOpen ? null : new Refusal.Unavailable(RetryAfterMs);
    }
}
