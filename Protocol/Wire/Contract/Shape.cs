namespace Chat.Protocol.Wire;

/// <summary>What a field may hold, with its bounds: what the contract is written down with.</summary>
public abstract record Shape
{
    private Shape() { }

    /// <summary>Text, at most so many bytes of UTF-8.</summary>
    public sealed record Text(int MaxBytes, bool MayBeBlank = false) : Shape;

    /// <summary>Text that means nothing to whoever carries it, at most so many characters.</summary>
    public sealed record Opaque(int MaxLength) : Shape;

    /// <summary>A media type.</summary>
    public sealed record Media : Shape;

    /// <summary>An id.</summary>
    public sealed record Token : Shape;

    /// <summary>A whole number, both bounds included.</summary>
    public sealed record Whole(long Least, long Most) : Shape;

    /// <summary>True or false.</summary>
    public sealed record Flag : Shape;

    /// <summary>A point in time.</summary>
    public sealed record Time : Shape;

    /// <summary>One of these words.</summary>
    public sealed record Word(Listing<string> Words) : Shape;

    /// <summary>A list, at most so long.</summary>
    public sealed record Many(Shape Of, int Most) : Shape;

    /// <summary>Two values in a list.</summary>
    public sealed record Pair(Shape First, Shape Second) : Shape;

    /// <summary>The fields that another verb takes, less <c>client_id</c>.</summary>
    public sealed record OfVerb : Shape;

    /// <summary>A map as the games have it: see docs/games.md.</summary>
    public sealed record Played : Shape;

    /// <summary>A map of one of these forms.</summary>
    public sealed record Inner(Listing<Form> Forms) : Shape;
}

/// <summary>A field of a map.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
public sealed record Field(string Name, Shape Shape, bool IsOptional = false);

/// <summary>A map of the wire.</summary>
/// <param name="Name">What the document calls it.</param>
/// <param name="Says">What it is.</param>
/// <param name="Fields">Its fields; unknown ones are passed over.</param>
public sealed record Form(string Name, string Says, Listing<Field> Fields);

/// <summary>A verb that a device can ask.</summary>
/// <param name="Area">The area in the subject.</param>
/// <param name="Name">The last part of the subject.</param>
/// <param name="IsOfNothing">Whether the id in the subject is <c>-</c>.</param>
/// <param name="Says">What it does.</param>
/// <param name="Fields">The fields of the body.</param>
/// <param name="Ok">What is answered; null where nothing is but that it went through.</param>
public sealed record Verb(string Area, string Name, bool IsOfNothing, string Says, Listing<Field> Fields, Form? Ok);
