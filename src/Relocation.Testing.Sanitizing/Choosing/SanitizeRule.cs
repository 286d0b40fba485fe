using Relocation.Testing.Sanitizing.Errors;

namespace Relocation.Testing;

/// <summary>What happens to one field's values. Null stays null, and equal values stay equal.</summary>
public sealed class SanitizeRule
{
    private SanitizeRule(SanitizeKind kind) => Kind = kind;

    /// <summary>The values stay, and an audit does not take them for leaks.</summary>
    public static SanitizeRule Keep { get; } = new(SanitizeKind.Keep);

    /// <summary>Values become text of the same form.</summary>
    public static SanitizeRule Text { get; } = new(SanitizeKind.Text);

    /// <summary>Values become e-mail addresses; anything else becomes text of the same form.</summary>
    public static SanitizeRule Email { get; } = new(SanitizeKind.Email);

    /// <summary>Values become names of two words.</summary>
    public static SanitizeRule Name { get; } = new(SanitizeKind.Name);

    /// <summary>Values become addresses on the web; what has no host becomes text of the same form.</summary>
    public static SanitizeRule Url { get; } = new(SanitizeKind.Url);

    /// <summary>Values become Guids of version 4; what is no Guid becomes text of the same form.</summary>
    public static SanitizeRule Uuid { get; } = new(SanitizeKind.Uuid);

    /// <summary>Values become IP addresses; anything else becomes text of the same form.</summary>
    public static SanitizeRule IpAddress { get; } = new(SanitizeKind.IpAddress);

    /// <summary>Values become dates that are moved as all dates of their person are.</summary>
    public static SanitizeRule Date { get; } = new(SanitizeKind.Date);

    /// <summary>Values become other dates in the same order.</summary>
    public static SanitizeRule OrderedDate { get; } = new(SanitizeKind.OrderedDate);

    /// <summary>Values become user names; e-mail addresses stay such.</summary>
    public static SanitizeRule UserName { get; } = new(SanitizeKind.UserName);

    /// <summary>Values become phone numbers.</summary>
    public static SanitizeRule Phone { get; } = new(SanitizeKind.Phone);

    /// <summary>Values become IBANs; anything else becomes text of the same form.</summary>
    public static SanitizeRule Iban { get; } = new(SanitizeKind.Iban);

    /// <summary>Values become numbers of cards; anything else becomes text of the same form.</summary>
    public static SanitizeRule CardNumber { get; } = new(SanitizeKind.CardNumber);

    /// <summary>Values become other months; anything else becomes text of the same form.</summary>
    public static SanitizeRule CardExpiry { get; } = new(SanitizeKind.CardExpiry);

    /// <summary>Values become MAC addresses; anything else becomes text of the same form.</summary>
    public static SanitizeRule MacAddress { get; } = new(SanitizeKind.MacAddress);

    /// <summary>Values become other coordinates.</summary>
    public static SanitizeRule Coordinate { get; } = new(SanitizeKind.Coordinate);

    /// <summary>Values become other bytes.</summary>
    public static SanitizeRule Binary { get; } = new(SanitizeKind.Binary);

    /// <summary>How values are replaced; of a constant, derived or own rule <see cref="SanitizeKind.Text"/>.</summary>
    public SanitizeKind Kind { get; }

    /// <summary>The field whose new name the values are slugs of, for <see cref="SanitizeKind.Slug"/>.</summary>
    internal string? NameField { get; private init; }

    /// <summary>What every value becomes, as JSON.</summary>
    internal string? ConstantJson { get; private init; }

    /// <summary>The field whose new value the values are made of.</summary>
    internal string? SourceField { get; private init; }

    internal Func<string, Sanitizer, string>? Make { get; private init; }

    /// <summary>Whether values are those of <see cref="SourceField"/> in upper case.</summary>
    internal bool IsUpper { get; private init; }

    /// <summary>Whether numbers in a member of JSON stay that has the rule by its name: such as how many comments there are.</summary>
    internal bool KeepsNumbers { get; init; }

    /// <summary>Why the field has the rule, in words; null where nobody said.</summary>
    internal string? Reason { get; private init; }

    /// <summary>Whether values become dates.</summary>
    internal bool IsDate => Kind is SanitizeKind.Date or SanitizeKind.OrderedDate;

    /// <summary>Values become slugs of the new name in another field of the record.</summary>
    /// <param name="nameField">The field that holds the name.</param>
    public static SanitizeRule SlugOf(string nameField)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameField);
        return new SanitizeRule(SanitizeKind.Slug) { NameField = nameField };
    }

    /// <summary>Every value becomes the same.</summary>
    /// <param name="json">The value, as JSON.</param>
    /// <exception cref="ArgumentException">The text is no JSON.</exception>
    public static SanitizeRule Constant(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var parsed = System.Text.Json.JsonDocument.Parse(json);
            return new SanitizeRule(SanitizeKind.Text) { ConstantJson = parsed.RootElement.GetRawText() };
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw SanitizeErrors.SanitizeConstantIsNoJson(nameof(json), exception);
        }
    }

    /// <summary>Values are made of the new value of another field of the record, for example a hash of a token.</summary>
    /// <param name="field">The other field.</param>
    /// <param name="make">Makes the value.</param>
    public static SanitizeRule From(string field, Func<string, string> make)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentNullException.ThrowIfNull(make);
        return new SanitizeRule(SanitizeKind.Text) { SourceField = field, Make = (value, _) => make(value) };
    }

    /// <summary>
    /// Values are the new value of another field of the record in upper case, as ASP.NET Core Identity keeps names and addresses to look for.
    /// </summary>
    /// <param name="field">The other field.</param>
    public static SanitizeRule UpperOf(string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        return new SanitizeRule(SanitizeKind.Text) { SourceField = field, IsUpper = true, Make = (value, _) => value.ToUpperInvariant() };
    }

    /// <summary>Values are replaced by a function of your own, which gives the same for the same on every call.</summary>
    /// <param name="make">Makes the new value of the old one; the sanitizer replaces parts of it.</param>
    public static SanitizeRule By(Func<string, Sanitizer, string> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return new SanitizeRule(SanitizeKind.Text) { Make = make };
    }

    /// <summary>The rule of a kind.</summary>
    /// <param name="kind">The kind; <see cref="SanitizeKind.Slug"/> needs a field of names, see <see cref="SlugOf"/>, and is text without.</param>
    public static SanitizeRule Of(SanitizeKind kind) => kind switch
    {
        SanitizeKind.Keep => Keep,
        SanitizeKind.Email => Email,
        SanitizeKind.Name => Name,
        SanitizeKind.Url => Url,
        SanitizeKind.Uuid => Uuid,
        SanitizeKind.IpAddress => IpAddress,
        SanitizeKind.Date => Date,
        SanitizeKind.OrderedDate => OrderedDate,
        SanitizeKind.UserName => UserName,
        SanitizeKind.Phone => Phone,
        SanitizeKind.Iban => Iban,
        SanitizeKind.CardNumber => CardNumber,
        SanitizeKind.CardExpiry => CardExpiry,
        SanitizeKind.MacAddress => MacAddress,
        SanitizeKind.Coordinate => Coordinate,
        SanitizeKind.Binary => Binary,
        _ => Text,
    };

    /// <summary>How values are replaced.</summary>
    public override string ToString() => this switch
    {
        { NameField: { } name } => $"Slug of {name}",
        { ConstantJson: not null } => "Constant",
        { IsUpper: true } => $"Upper case of {SourceField}",
        { SourceField: { } source } => $"Made of {source}",
        { Make: not null } => "Own",
        _ => Kind.ToString(),
    };

    /// <summary>The rule with what made a field get it.</summary>
    internal SanitizeRule Because(string reason) => new(Kind)
    {
        NameField = NameField, ConstantJson = ConstantJson, SourceField = SourceField, Make = Make, IsUpper = IsUpper, Reason = reason,
    };

    /// <summary>The rule of a kind that replaces numbers in a member of JSON, or does not.</summary>
    internal SanitizeRule WithNumbers(bool areReplaced) => new(Kind) { KeepsNumbers = !areReplaced, Reason = Reason };
}
