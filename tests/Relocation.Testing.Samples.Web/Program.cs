using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContextPool<ShopContext>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("Shop")));

var application = builder.Build();
application.MapGet("/reviews/count", (ShopContext shop, CancellationToken cancellationToken) => shop.Reviews.CountAsync(cancellationToken));
application.MapDelete(
    "/reviews/{stars}",
    (short stars, ShopContext shop, CancellationToken cancellationToken) =>
        shop.Reviews.Where(review => review.Stars == stars).ExecuteDeleteAsync(cancellationToken));
await application.RunAsync();
