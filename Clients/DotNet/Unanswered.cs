namespace Chat.Client;

/// <summary>Nobody answered: it is not known whether the request took effect.</summary>
public sealed record Unanswered() : Refusal("no_answer", ["client.no_answer_in_time"]);
