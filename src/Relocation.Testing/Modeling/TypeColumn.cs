using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>What the column that tells a row's type holds in rows of one type.</summary>
/// <param name="Field">The member of <c>fields</c> that names the type.</param>
/// <param name="Property">The property, or null where tables tell types apart.</param>
/// <param name="Json">The value, as JSON.</param>
internal sealed record TypeColumn(string Field, IProperty? Property, string Json);
