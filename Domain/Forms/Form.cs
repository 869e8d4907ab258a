namespace Chat.Domain.Forms;

/// <summary>
/// How values of a type are written and read. It is made of the type itself: a record is its fields by name, a closed
/// union the name of the case besides. So a game has it without saying anything, and forgets no field; the names of
/// its records and of their parts are what is stored, and are not to be changed.
/// </summary>
public sealed class Form<T>
    where T : class
{
    private readonly Shape shape;

    internal Form(Shape shape) => this.shape = shape;

    /// <summary>The value as it is written.</summary>
    public Datum Write(T value) => shape.Write(value);

    /// <summary>What was written, or nothing where it is something else. Never throws.</summary>
    public Option<T> Read(Datum written) => shape.Read(written, out var value) && value is T read ? Some(read) : None;
}

/// <summary>Makes forms.</summary>
public static class Form
{
    /// <summary>The form of a record or closed union.</summary>
    public static Form<T> Of<T>()
        where T : class => new(Shape.Of(typeof(T), []));

    /// <summary>The same where what is inside may be a case of unions that are known only together.</summary>
    /// <param name="open">A type, and the unions that stand for it, each with the name before its cases.</param>
    internal static Form<T> Of<T>(params ReadOnlySpan<(Type Open, Listing<(string Name, Type Union)> Unions)> open)
        where T : class => new(Shape.Of(typeof(T), [.. open]));
}
