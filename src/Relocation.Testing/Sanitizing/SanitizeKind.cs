namespace Relocation.Testing;

/// <summary>How a field's values are replaced (import specification, section 9.2).</summary>
public enum SanitizeKind
{
    /// <summary>They stay: the field holds nothing about anybody.</summary>
    Keep,

    /// <summary>By text of the same length, with letters for letters and digits for digits; hexadecimal stays hexadecimal.</summary>
    Text,

    /// <summary>By an address whose parts are replaced each on their own, so that equal domains stay equal.</summary>
    Email,

    /// <summary>By two words.</summary>
    Name,

    /// <summary>By the new name in the form of a slug.</summary>
    Slug,

    /// <summary>By an address on the web whose host and path are replaced part by part.</summary>
    Url,

    /// <summary>By a Guid of version 4.</summary>
    Uuid,

    /// <summary>By an address of the same version of the Internet Protocol.</summary>
    IpAddress,

    /// <summary>By a date that keeps its place between the backup's other dates.</summary>
    Date,
}
