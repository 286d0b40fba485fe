using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>An address as text.</summary>
public sealed class EmailAddressConverter() : ValueConverter<EmailAddress, string>(address => address.Text, text => new EmailAddress(text));
