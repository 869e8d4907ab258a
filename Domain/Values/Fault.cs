namespace Chat.Domain.Values;

/// <summary>One thing wrong with raw input: which field, and the rule that it breaks.</summary>
/// <param name="Field">The field's name as it travels, lower_snake.</param>
/// <param name="Rule">The rule, in words that a person can act on.</param>
public sealed record Fault(string Field, string Rule);
