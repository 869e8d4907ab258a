using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>A link that lets people in, to who may know it.</summary>
/// <param name="Id">What lets them in.</param>
/// <param name="Link">Whose it is, its bounds, and how many have come by it.</param>
public sealed record LinkEntry(LinkId Id, Link Link);

/// <summary>A page of links, in their order.</summary>
public sealed record LinksPage(Listing<LinkEntry> Links, bool More);

/// <summary>Links, as they are answered and read.</summary>
public static class LinkAnswers
{
    /// <summary>The most links of one page.</summary>
    public const int MaxPage = Domain.Views.History.MaxPage;

    /// <summary>A page of them.</summary>
    public static byte[] Ok(LinksPage page) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("links", page.Links, Write);
                writer.Field("more", page.More);
            }
        );

    /// <summary>Reads a page of them.</summary>
    public static LinksPage Page(Fields ok) => new(ok.List("links", Of), ok["more"] is true);

    private static void Write(ref MessagePackWriter writer, LinkEntry entry)
    {
        var (id, link) = entry;
        writer.WriteMapHeader(
            3 + Writing.Count(link.Until is not null, link.MaxUses is not null, link.People.Count > 0)
        );
        writer.Field("link", id.Value);
        writer.Field("by", link.By.Value);
        writer.Field("uses", link.Uses);
        if (link.Until is { } until)
            writer.Field("until", until);
        if (link.MaxUses is { } most)
            writer.Field("max_uses", most);
        if (link.People.Count > 0)
            writer.Field("people", link.People);
    }

    private static LinkEntry Of(Fields one) =>
        new(
            one.Value("link", LinkId.Create),
            new Link(
                one.Person("by"),
                one["until"] as Instant?,
                (int?)(one["max_uses"] as long?),
                one["people"] is null ? [] : one.Persons("people"),
                (int)one.Long("uses")
            )
        );
}
