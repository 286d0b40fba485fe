namespace Relocation.Testing;

/// <summary>How a field's values are replaced. Rules files write the names in lower case with dashes, as in <c>ip-address</c>.</summary>
public enum SanitizeKind
{
    /// <summary>They stay: the field holds nothing about anybody. An audit does not look into it.</summary>
    Keep,

    /// <summary>By text of the same length, with letters for letters and digits for digits; hexadecimal stays hexadecimal.</summary>
    Text,

    /// <summary>By an address whose parts are replaced each on their own, so that equal domains stay equal, under the domain <c>example</c>.</summary>
    Email,

    /// <summary>By two words.</summary>
    Name,

    /// <summary>By the new name in the form of a slug.</summary>
    Slug,

    /// <summary>By an address on the web whose host and path are replaced part by part, under the domain <c>example</c>.</summary>
    Url,

    /// <summary>By a Guid of version 4.</summary>
    Uuid,

    /// <summary>By an address of the same version of the Internet Protocol.</summary>
    IpAddress,

    /// <summary>
    /// By a date from 1 to 180 days before or after, by an offset that all dates of a person share: of the record, of those that refer to
    /// it, and of those that refer to these. Time of day, offset and form stay.
    /// </summary>
    Date,

    /// <summary>
    /// By a date that keeps its place between all others of this kind: all are moved by one offset, and each besides by less than half of
    /// what is between it and its neighbours.
    /// </summary>
    OrderedDate,

    /// <summary>By text of the same form without blanks put in; an e-mail address becomes the one that it becomes elsewhere.</summary>
    UserName,

    /// <summary>By a number of the same form that begins alike: with the same <c>+4</c>, <c>00</c> or <c>0</c>.</summary>
    Phone,

    /// <summary>By an IBAN of the same country with right check digits; other text as <see cref="Text"/>.</summary>
    Iban,

    /// <summary>By a card's number of the same kind with a right check digit; other text as <see cref="Text"/>.</summary>
    CardNumber,

    /// <summary>By another month, as in <c>03/29</c>, of the same year; other text as <see cref="Text"/>.</summary>
    CardExpiry,

    /// <summary>By an address of the same form, as in <c>00:1b:44:11:3a:b7</c>; other text as <see cref="Text"/>.</summary>
    MacAddress,

    /// <summary>By coordinates between the same bounds, with as many digits.</summary>
    Coordinate,

    /// <summary>Bytes, written in base64, by as many other bytes.</summary>
    Binary,
}
