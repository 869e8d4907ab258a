using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Chat.Domain.Values;

/// <summary>
/// An immutable list that is equal to another by its elements. Events and what travels hold this one: a plain
/// collection in a record breaks the record's equality, and the collections of LanguageExt do not belong in what is
/// stored.
/// </summary>
[CollectionBuilder(typeof(Listing), nameof(Listing.Of))]
public sealed class Listing<T> : IReadOnlyList<T>, IEquatable<Listing<T>>
{
    private readonly ImmutableArray<T> items;

    internal Listing(ImmutableArray<T> items) => this.items = items;

    /// <summary>The list without elements.</summary>
    public static Listing<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <summary>The elements, without a copy.</summary>
    public ReadOnlySpan<T> Span => items.AsSpan();

    /// <summary>This list and one more at its end.</summary>
    public Listing<T> Add(T item) => new(items.Add(item));

    /// <summary>Whether an element equals <paramref name="item"/>.</summary>
    public bool Contains(T item) => items.Contains(item);

    /// <inheritdoc/>
    public bool Equals(Listing<T>? other) =>
        other is not null && (items == other.items || items.AsSpan().SequenceEqual(other.items.AsSpan(), null));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Listing<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>Goes through them without an allocation.</summary>
    public ImmutableArray<T>.Enumerator GetEnumerator() => items.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", items)}]";
}

/// <summary>Makes listings.</summary>
public static class Listing
{
    /// <summary>A listing of these.</summary>
    public static Listing<T> Of<T>(ReadOnlySpan<T> items) => items.IsEmpty ? Listing<T>.Empty : new([.. items]);

    /// <summary>A listing of what a sequence holds, in its order.</summary>
    public static Listing<T> From<T>(IEnumerable<T> items)
    {
        var array = items.ToImmutableArray();
        return array.IsEmpty ? Listing<T>.Empty : new(array);
    }
}
