export type CatalogueItem = {
  name: string
  category: string
  description: string
  /** naira, before VAT, on the first day */
  price: number
  /** how often it is bought, compared with the others */
  weight: number
  /** the most of it that one customer takes */
  most: number
  /** goes off within days */
  perishable: boolean
}

type Line = [name: string, price: number, weight: number, most: number, description: string, perishable?: 'perishable']

const shelves: Record<string, Line[]> = {
  FOOD_AND_BEVERAGES: [
    ['Butterfield Bread, large', 1700, 42, 2, 'Sliced white loaf, 800 g', 'perishable'],
    ['Wheat Bread, medium', 1450, 14, 2, 'Sliced wheat loaf, 600 g', 'perishable'],
    ['Eggs, crate of 30', 6200, 16, 2, 'Fresh table eggs from Ogun', 'perishable'],
    ['Eggs, half crate of 15', 3200, 12, 2, 'Fresh table eggs from Ogun', 'perishable'],
    ['Hollandia Yoghurt 1 L', 2600, 15, 2, 'Plain sweetened drinking yoghurt', 'perishable'],
    ['Fresh Milk 1 L', 2350, 9, 2, 'Pasteurised whole milk', 'perishable'],
    ['Salted Butter 250 g', 2900, 7, 2, 'Creamery butter, chilled', 'perishable'],
    ['Meat Pie', 900, 22, 4, 'Baked in the shop every morning', 'perishable'],
    ['Chicken Sausage Roll', 400, 20, 4, 'Baked in the shop every morning', 'perishable'],
    ['Chapman Mocktail 50 cl', 1200, 6, 3, 'Chilled, mixed in the shop', 'perishable'],
    ['Indomie Chicken 70 g', 350, 48, 12, 'Instant noodles, single'],
    ['Indomie Onion Chicken 120 g', 550, 30, 8, 'Instant noodles, super pack'],
    ['Indomie Chicken, carton of 40', 12800, 5, 2, 'Instant noodles 70 g, carton'],
    ['Golden Penny Spaghetti 500 g', 1350, 28, 4, 'Durum wheat spaghetti'],
    ['Macaroni 500 g', 1300, 13, 3, 'Elbow macaroni'],
    ['Mama Gold Rice 5 kg', 11200, 10, 2, 'Parboiled long grain'],
    ['Ofada Rice 2 kg', 5600, 5, 2, 'Local unpolished rice, destoned'],
    ['Mama Gold Rice 50 kg', 86500, 1.6, 1, 'Parboiled long grain, sack'],
    ['Honey Beans 2 kg', 5400, 9, 2, 'Oloyin beans, picked'],
    ['Ijebu Garri 2 kg', 2600, 14, 2, 'White garri, sharp'],
    ['Yellow Garri 2 kg', 2750, 10, 2, 'Fried with palm oil'],
    ['Golden Penny Semovita 2 kg', 4300, 9, 2, 'Wheat semolina'],
    ['Poundo Yam Flour 1.8 kg', 5900, 6, 2, 'Instant pounded yam'],
    ['Wheat Flour 2 kg', 3600, 7, 2, 'Plain flour for baking'],
    ['Dangote Sugar 500 g', 1100, 19, 3, 'Granulated, fortified'],
    ['Mr Chef Salt 1 kg', 600, 12, 2, 'Iodised table salt'],
    ['Kings Vegetable Oil 3 L', 11800, 7, 2, 'Refined palm olein'],
    ['Groundnut Oil 1 L', 4700, 9, 2, 'Pure groundnut oil'],
    ['Palm Oil 75 cl', 2400, 11, 2, 'Unadulterated red palm oil'],
    ['Gino Tomato Paste 70 g', 280, 36, 10, 'Sachet'],
    ['Tomato Paste 400 g', 1500, 10, 3, 'Tin, double concentrate'],
    ['Maggi Star Cubes, 100', 2100, 17, 2, 'Seasoning cubes'],
    ['Knorr Chicken Cubes, 50', 1350, 14, 2, 'Seasoning cubes'],
    ['Curry and Thyme, pair', 700, 11, 3, 'Two sachets of 25 g'],
    ['Ground Crayfish 100 g', 1900, 6, 2, 'Dried and ground'],
    ['Titus Sardines 125 g', 1650, 17, 5, 'In vegetable oil'],
    ['Geisha Mackerel 155 g', 1500, 11, 4, 'In tomato sauce'],
    ['Corned Beef 340 g', 4600, 6, 2, 'Tin with key'],
    ['Sweet Corn 340 g', 1700, 6, 3, 'Tin'],
    ['Heinz Baked Beans 415 g', 1950, 8, 3, 'In tomato sauce'],
    ['Mayonnaise 473 ml', 3900, 8, 1, 'Jar'],
    ['Tomato Ketchup 560 g', 3300, 6, 1, 'Squeezy bottle'],
    ['Peak Milk Powder 360 g', 5200, 13, 2, 'Full cream, refill'],
    ['Peak Evaporated Milk 160 g', 950, 24, 6, 'Tin'],
    ['Three Crowns Milk 160 g', 850, 16, 6, 'Tin'],
    ['Milo 400 g', 4700, 13, 2, 'Chocolate malt drink, refill'],
    ['Bournvita 450 g', 4900, 11, 2, 'Cocoa drink, refill'],
    ['Lipton Yellow Label, 50 bags', 1800, 10, 2, 'Black tea'],
    ['Nescafé Classic 50 g', 3700, 6, 1, 'Instant coffee, tin'],
    ['Kellogg’s Corn Flakes 450 g', 4100, 9, 2, 'Box'],
    ['Golden Morn 900 g', 4800, 7, 2, 'Maize and soya cereal'],
    ['Quaker Oats 500 g', 3400, 8, 2, 'Tin'],
    ['Coca-Cola 50 cl', 500, 46, 8, 'PET bottle, chilled'],
    ['Fanta Orange 50 cl', 500, 32, 8, 'PET bottle, chilled'],
    ['Sprite 50 cl', 500, 24, 6, 'PET bottle, chilled'],
    ['Maltina 33 cl', 700, 22, 6, 'Malt drink, can'],
    ['Eva Water 75 cl', 350, 44, 6, 'Table water'],
    ['Pure Water, bag of 20', 500, 26, 4, 'Sachet water 50 cl'],
    ['Chivita Orange Juice 1 L', 2400, 14, 3, '100 % juice'],
    ['Five Alive Pulpy 85 cl', 1600, 12, 3, 'Citrus fruit drink'],
    ['Fearless Energy Drink 50 cl', 800, 14, 4, 'PET bottle, chilled'],
    ['Digestive Biscuits 400 g', 2300, 9, 2, 'Wheat biscuits'],
    ['Cabin Biscuits, family', 1200, 12, 3, 'Crunchy crackers'],
    ['Plantain Chips 85 g', 700, 24, 5, 'Unripe, salted'],
    ['Chin Chin 250 g', 1300, 13, 3, 'Crunchy, milk flavour'],
    ['Gala Sausage Roll', 400, 26, 5, 'Packed sausage roll'],
    ['Groundnuts, bottle', 1900, 7, 2, 'Roasted and peeled'],
    ['Tom Tom, 40', 900, 12, 2, 'Menthol candy, bag'],
    ['Orbit Chewing Gum', 300, 18, 4, 'Ten pellets'],
    ['Honey 500 g', 5300, 3, 1, 'Pure, from Jos'],
  ],
  HOUSEHOLD_ITEMS: [
    ['Omo Detergent 900 g', 2900, 14, 2, 'Multi-active washing powder'],
    ['Sunlight Detergent 170 g', 650, 18, 4, 'Washing powder, sachet'],
    ['Viva Laundry Soap', 550, 11, 4, 'Bar, 250 g'],
    ['Morning Fresh 450 ml', 1950, 14, 2, 'Washing-up liquid, lemon'],
    ['Hypo Bleach 1 L', 1300, 11, 2, 'Thin bleach'],
    ['Harpic 725 ml', 2600, 7, 2, 'Toilet cleaner'],
    ['Izal Disinfectant 500 ml', 2400, 5, 1, 'Germicide'],
    ['Rose Tissue, 4 rolls', 1600, 19, 3, 'Toilet rolls, 2-ply'],
    ['Serviettes, 100', 900, 9, 3, 'Paper napkins'],
    ['Kitchen Towel, 2 rolls', 2100, 6, 2, 'Absorbent paper'],
    ['Raid Insecticide 300 ml', 3100, 9, 1, 'Kills mosquitoes and flies'],
    ['Mosquito Coils, 10', 700, 11, 3, 'Burn for eight hours'],
    ['Candles, 6', 900, 8, 3, 'White household candles'],
    ['Matches, 10 boxes', 450, 8, 2, 'Safety matches'],
    ['Refuse Bags, 20', 1500, 6, 2, 'Black, 60 L'],
    ['Foil Paper 8 m', 1900, 5, 1, 'Aluminium foil'],
    ['Scouring Sponge, 3', 600, 9, 3, 'Sponge with scourer'],
    ['Mop with Stick', 4800, 1.5, 1, 'Cotton mop'],
    ['Plastic Bowl 10 L', 3200, 2, 2, 'Round, with handles'],
  ],
  HEALTH_AND_BEAUTY: [
    ['Close-Up 140 g', 1450, 13, 2, 'Toothpaste, red hot'],
    ['Oral-B Toothbrush', 1200, 7, 3, 'Medium'],
    ['Dettol Soap 110 g', 850, 16, 4, 'Antibacterial soap'],
    ['Lux Soap 80 g', 650, 13, 4, 'Beauty soap'],
    ['Dettol Antiseptic 250 ml', 2900, 6, 1, 'Liquid'],
    ['Vaseline Jelly 225 ml', 2500, 7, 2, 'Petroleum jelly'],
    ['Nivea Body Lotion 400 ml', 5400, 5, 1, 'Extra moisture'],
    ['Cocoa Butter Cream 500 ml', 4200, 3, 1, 'For dry skin'],
    ['Sure Roll-on 50 ml', 2200, 6, 2, 'Antiperspirant'],
    ['Always Ultra, 8', 1250, 11, 3, 'Sanitary pads, long'],
    ['Gillette Razor, 5', 1800, 4, 2, 'Disposable'],
    ['Paracetamol, 96', 1100, 7, 2, 'Tablets 500 mg'],
    ['Vitamin C, 100', 900, 5, 2, 'Chewable, 100 mg'],
    ['Shea Butter 200 g', 1700, 3, 2, 'Raw, from Kwara'],
  ],
  BABY_PRODUCTS: [
    ['Pampers Size 4, 40', 11900, 4, 1, 'Nappies 9 to 14 kg'],
    ['Molfix Size 3, 34', 8600, 4, 1, 'Nappies 4 to 9 kg'],
    ['Baby Wipes, 80', 1900, 8, 3, 'Fragrance free'],
    ['Cerelac Wheat 400 g', 5100, 5, 2, 'From six months'],
    ['Baby Oil 200 ml', 2300, 3, 1, 'Mild'],
  ],
  ELECTRONICS: [
    ['Tiger Batteries AA, 4', 900, 10, 3, 'Zinc carbon'],
    ['LED Bulb 12 W', 1600, 7, 4, 'Cool white, B22'],
    ['Rechargeable Lamp', 9800, 1.2, 1, 'With USB socket'],
    ['Extension Box, 4-way', 6900, 1.5, 1, 'Surge protected, 2 m'],
    ['USB-C Cable 1 m', 2600, 3, 2, 'Fast charging'],
    ['Phone Charger 20 W', 6800, 1.8, 1, 'USB-C plug'],
  ],
  OFFICE_AND_SCHOOL_SUPPLIES: [
    ['Exercise Book 60 leaves', 450, 15, 10, 'Ruled'],
    ['Bic Pens, 4', 700, 11, 4, 'Two blue, black, red'],
    ['A4 Paper, ream', 6900, 2.5, 2, '80 g, 500 sheets'],
    ['Mathematical Set', 2100, 2.5, 2, 'In a tin'],
    ['Cello Tape', 500, 4, 3, 'Clear, 24 mm'],
  ],
  PET_SUPPLIES: [['Dry Dog Food 1.5 kg', 6300, 2, 2, 'Beef, adult dogs']],
  OTHERS: [
    ['Gas Lighter', 1500, 3, 1, 'Refillable, long'],
    ['Umbrella', 5500, 1.2, 1, 'Folding'],
    ['Shopping Bag, woven', 800, 9, 2, 'Okafor Stores, strong'],
  ],
}

export const catalogue: readonly CatalogueItem[] = Object.entries(shelves).flatMap(([category, lines]) =>
  lines.map(([name, price, weight, most, description, perishable]) => ({
    name,
    category,
    description,
    price,
    weight,
    most,
    perishable: perishable !== undefined,
  })),
)

/** A bar code with its check digit, from the range of GS1 Nigeria; `position` counts from 0. */
export function gtinOf(position: number): string {
  const digits = `615${String(100_200_017 + position * 7_919)}`
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
