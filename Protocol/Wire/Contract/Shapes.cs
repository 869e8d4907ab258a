namespace Chat.Protocol.Wire;

/// <summary>The shapes that many forms share.</summary>
internal static class Shapes
{
    public const int MaxPage = Domain.Views.History.MaxPage;

    public static readonly Shape Token = new Shape.Token();
    public static readonly Shape Name = new Shape.Text(ConversationName.MaxBytes);
    public static readonly Shape Topic = new Shape.Text(Domain.Values.Topic.MaxBytes, MayBeBlank: true);
    public static readonly Shape Nickname = new Shape.Text(Domain.Values.Nickname.MaxBytes);
    public static readonly Shape Body = new Shape.Text(Domain.Values.Body.MaxBytes);
    public static readonly Shape BodyOrNone = new Shape.Text(Domain.Values.Body.MaxBytes, MayBeBlank: true);
    public static readonly Shape Reason = new Shape.Text(Domain.Values.Reason.MaxBytes);
    public static readonly Shape Emoji = new Shape.Text(Domain.Values.Emoji.MaxBytes);
    public static readonly Shape Number = new Shape.Whole(0, Requests.MaxNumber);
    public static readonly Shape Time = new Shape.Time();
    public static readonly Shape Flag = new Shape.Flag();
    public static readonly Shape Kind = Words("direct", "group", "channel");

    public static Shape People(int most) => new Shape.Many(Token, most);

    public static Shape Everybody() => People(Fields.MaxElements);

    public static Shape Words(params string[] words) => new Shape.Word(Listing.From(words));

    public static Field Maybe(string name, Shape shape) => new(name, shape, IsOptional: true);

    public static Shape Inner(Form form) => new Shape.Inner([form]);

    public static Shape Many(Form form, int most) => new Shape.Many(Inner(form), most);
}
