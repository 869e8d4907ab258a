using System.Diagnostics;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using LanguageExt;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Answers, as a test expects them.</summary>
internal static class Must
{
    public static T Accept<T>(Either<Refusal, T> answer) =>
        answer.Match(
            Right: value => value,
            Left: refusal =>
                throw new InvalidOperationException($"{refusal.Code}: {string.Join(", ", refusal.Because)}")
        );

    public static Refusal Refuse<T>(Either<Refusal, T> answer) =>
        answer.Match(
            Right: value => throw new InvalidOperationException($"accepted: {value}"),
            Left: refusal => refusal
        );
}

/// <summary>Texts that are known to be well-formed.</summary>
internal static class Texts
{
    public static Body Body(string text) => Of(Domain.Values.Body.Create(text));

    public static ConversationName Name(string text) => Of(ConversationName.Create(text));

    public static Topic Topic(string text) => Of(Domain.Values.Topic.Create(text));

    public static Nickname Nickname(string text) => Of(Domain.Values.Nickname.Create(text));

    public static Emoji Emoji(string text) => Of(Domain.Values.Emoji.Create(text));

    public static RoleName RoleName(string text) => Of(Domain.Permitting.RoleName.Create(text));

    public static Reason Reason(string text) => Of(Domain.Values.Reason.Create(text));

    public static Phrase Phrase(string text) => Of(Domain.Permitting.Phrase.Create(text));

    /// <summary>What a message says; null if it is gone.</summary>
    public static string? Said(Message message) =>
        message.Content is Content.Present present ? present.Body.Value : null;

    private static T Of<T>(Validation<Fault, T> made) =>
        made.Match(value => value, faults => throw new ArgumentException($"{faults}"));
}

/// <summary>Waits for what must come to hold.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> holds, string what, double seconds = 10)
    {
        for (var since = Stopwatch.GetTimestamp(); !holds(); await Task.Delay(10))
            Assert.True(Stopwatch.GetElapsedTime(since).TotalSeconds < seconds, $"not within {seconds} s: {what}");
    }

    public static async Task HoldsAsync(Func<Task<bool>> holds, string what, double seconds = 10)
    {
        for (var since = Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(20))
            Assert.True(Stopwatch.GetElapsedTime(since).TotalSeconds < seconds, $"not within {seconds} s: {what}");
    }
}
